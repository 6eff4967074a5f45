"""Gambit's .efg text to a game tree and back, as pure functions on strings.

Covers the format's header, chance, personal and terminal nodes, outcomes (also before the end, where payoffs add up), and
the shorthand by which an information set or outcome is spelled out only the first time. Numbers are exact: integers,
decimals, fractions. Source: the format's public description (gambit-project.org, "The extensive game (.efg) file format").
Units: payoffs as written. Invariants: a tree written and read again is the same tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from foedus.errors import InputError

CHANCE = 0


@dataclass(frozen=True)
class Node:
    """One node. ``player`` 0 is chance; ``infoset`` 0 marks an end. ``payoffs`` are gained on arrival."""

    name: str
    player: int
    infoset: int
    infoset_name: str
    actions: tuple[str, ...]
    chances: tuple[Fraction, ...]
    outcome: int
    outcome_name: str
    payoffs: tuple[Fraction, ...]
    children: tuple[Node, ...]

    @property
    def is_end(self) -> bool:
        """Whether the play ends here."""
        return not self.actions


@dataclass(frozen=True)
class Tree:
    """A game in extensive form."""

    title: str
    players: tuple[str, ...]
    comment: str
    root: Node


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


_PATTERN = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*")|(?P<brace>[{}])|(?P<word>[^\s{}",]+)|(?P<gap>[\s,]+)|(?P<bad>.)', re.S
)
_MAX_NODES = 200_000
_MAX_DEPTH = 300


def _tokens(text: str, file: str | None) -> list[_Token]:
    out, line = [], 1
    for match in _PATTERN.finditer(text):
        kind, body = str(match.lastgroup), match.group()
        if kind == "bad":
            raise InputError("a quotation mark is never closed", file=file, line=line)
        if kind != "gap":
            out.append(_Token(kind, body, line))
        line += body.count("\n")
    return out


class _Reader:
    """A cursor over tokens, with what earlier nodes said about information sets and outcomes."""

    def __init__(self, tokens: list[_Token], file: str | None) -> None:
        self.tokens, self.file, self.at = tokens, file, 0
        self.infosets: dict[tuple[int, int], tuple[str, tuple[str, ...], tuple[Fraction, ...]]] = {}
        self.outcomes: dict[int, tuple[str, tuple[Fraction, ...]]] = {}
        self.players = 0
        self.nodes = 0

    def fail(self, message: str) -> InputError:
        """An error at the current token."""
        here = self.tokens[min(self.at, len(self.tokens) - 1)] if self.tokens else _Token("", "", 1)
        return InputError(message, file=self.file, line=here.line)

    def peek(self) -> _Token | None:
        """The next token."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, kind: str, what: str) -> str:
        """The next token, which must be of a kind."""
        token = self.peek()
        if token is None:
            raise self.fail(f"the file ends where {what} should stand")
        if token.kind != kind:
            raise self.fail(f"{what} expected, found {token.text[:40]!r}")
        self.at += 1
        return token.text

    def string(self, what: str) -> str:
        """A quoted string, unescaped."""
        return re.sub(r"\\(.)", r"\1", self.take("string", what)[1:-1])

    def integer(self, what: str) -> int:
        """A whole number."""
        text = self.take("word", what)
        if not re.fullmatch(r"-?\d{1,9}", text):
            self.at -= 1
            raise self.fail(f"{what} must be a whole number, found {text[:40]!r}")
        return int(text)

    def number(self, what: str) -> Fraction:
        """An exact number."""
        text = self.take("word", what)
        if not re.fullmatch(
            r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?|[+-]?\d{1,30}/\d{1,30}", text
        ):
            self.at -= 1
            raise self.fail(f"{what} must be a finite number such as 2, -1.5 or 3/5, found {text[:40]!r}")
        try:
            return Fraction(text)
        except ZeroDivisionError:
            self.at -= 1
            raise self.fail(f"{what} divides by zero: {text}") from None

    def brace(self, which: str) -> None:
        """An opening or closing brace."""
        text = self.take("brace", f"{which!r}")
        if text != which:
            self.at -= 1
            raise self.fail(f"{which!r} expected, found {text!r}")

    def is_next(self, kind: str, text: str | None = None) -> bool:
        """Whether the next token is of a kind, and says something."""
        token = self.peek()
        return token is not None and token.kind == kind and (text is None or token.text == text)


def _header(reader: _Reader) -> tuple[str, tuple[str, ...], str]:
    if reader.take("word", "EFG") != "EFG" or reader.take("word", "2") != "2":
        raise InputError("an .efg file starts with  EFG 2 R", file=reader.file, line=1)
    reader.take("word", "R or D")
    title = reader.string("the title")
    reader.brace("{")
    players = []
    while not reader.is_next("brace", "}"):
        players.append(reader.string("a player's name"))
    reader.brace("}")
    comment = reader.string("the comment") if reader.is_next("string") else ""
    if not players:
        raise reader.fail("the game has no players")
    reader.players = len(players)
    return title, tuple(players), comment


def _actions(reader: _Reader, player: int) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
    reader.brace("{")
    actions, chances = [], []
    while not reader.is_next("brace", "}"):
        actions.append(reader.string("an action"))
        if player == CHANCE:
            chances.append(reader.number("the probability"))
    if player == CHANCE and (sum(chances) != 1 or any(p < 0 for p in chances)):
        off = float(sum(chances))
        if any(p < 0 for p in chances):
            raise reader.fail(f"chance probabilities must not be negative, one is {float(min(chances)):g}")
        if abs(off - 1.0) > 1e-9:
            raise reader.fail(f"chance probabilities must be non-negative and sum to 1, these sum to {off:g}")
    reader.brace("}")
    if not actions:
        raise reader.fail("an information set needs at least one action")
    return tuple(actions), tuple(chances)


def _infoset(reader: _Reader, player: int) -> tuple[int, str, tuple[str, ...], tuple[Fraction, ...]]:
    number = reader.integer("the information set's number")
    key = (player, number)
    name = reader.string("the information set's name") if reader.is_next("string") else None
    if reader.is_next("brace", "{"):
        actions, chances = _actions(reader, player)
        if key in reader.infosets and reader.infosets[key][1] != actions:
            raise reader.fail(
                f"information set {number} of player {player} has different actions at different nodes"
            )
        reader.infosets.setdefault(key, (name or "", actions, chances))
    if key not in reader.infosets:
        raise reader.fail(f"information set {number} of player {player} has no actions")
    stored, actions, chances = reader.infosets[key]
    return number, stored, actions, chances


def _outcome(reader: _Reader) -> tuple[int, str, tuple[Fraction, ...]]:
    number = reader.integer("the outcome's number")
    if number == 0:
        return 0, "", (Fraction(0),) * reader.players
    name = reader.string("the outcome's name") if reader.is_next("string") else ""
    if reader.is_next("brace", "{"):
        reader.brace("{")
        payoffs = []
        while not reader.is_next("brace", "}"):
            payoffs.append(reader.number("a payoff"))
        if len(payoffs) != reader.players:
            raise reader.fail(f"outcome {number} has {len(payoffs)} payoffs for {reader.players} players")
        reader.brace("}")
        reader.outcomes[number] = (name, tuple(payoffs))
    if number not in reader.outcomes:
        raise reader.fail(f"outcome {number} has no payoffs")
    return number, *reader.outcomes[number]


def _node(reader: _Reader, depth: int) -> Node:
    reader.nodes += 1
    if depth > _MAX_DEPTH or reader.nodes > _MAX_NODES:
        raise reader.fail(f"the tree is too large: at most {_MAX_NODES} nodes and {_MAX_DEPTH} moves in a row")
    letter = reader.take("word", "a node (c, p or t)")
    if letter not in ("c", "p", "t"):
        reader.at -= 1
        raise reader.fail(f"a node starts with c, p or t, found {letter[:40]!r}")
    name = reader.string("the node's name") if reader.is_next("string") else ""
    if letter == "t":
        outcome = _outcome(reader)
        return Node(name, CHANCE, 0, "", (), (), *outcome, ())
    player = CHANCE if letter == "c" else reader.integer("the player's number")
    if letter == "p" and not 1 <= player <= reader.players:
        raise reader.fail(f"player {player} is not among the {reader.players} players")
    infoset = _infoset(reader, player)
    outcome = _outcome(reader)
    children = tuple(_node(reader, depth + 1) for _ in infoset[2])
    return Node(name, player, *infoset, *outcome, children)


def parse(text: str, file: str | None = None) -> Tree:
    """Read a game from .efg text.

    Raises:
        InputError: with the line, if the text is no .efg game, a number is not finite, or probabilities do not sum to 1.
    """
    reader = _Reader(_tokens(text.removeprefix("\ufeff"), file), file)
    if not reader.tokens:
        raise InputError("the file is empty", file=file, line=1)
    title, players, comment = _header(reader)
    root = _node(reader, 0)
    if reader.peek() is not None:
        raise reader.fail("text after the last node; the tree is complete before it")
    return Tree(title, players, comment, root)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(tree: Tree) -> str:
    """Write a game as .efg text; `parse` reads back an equal tree."""
    lines = [
        f"EFG 2 R {_quote(tree.title)} {{ {' '.join(_quote(p) for p in tree.players)} }}",
        _quote(tree.comment),
        "",
    ]

    def outcome(node: Node) -> str:
        if node.outcome == 0:
            return "0"
        return f"{node.outcome} {_quote(node.outcome_name)} {{ {', '.join(str(v) for v in node.payoffs)} }}"

    def visit(node: Node) -> None:
        if node.is_end:
            lines.append(f"t {_quote(node.name)} {outcome(node)}")
            return
        pairs = (
            zip(node.actions, node.chances, strict=True)
            if node.player == CHANCE
            else ((a, "") for a in node.actions)
        )
        inner = " ".join(f"{_quote(action)} {chance}".strip() for action, chance in pairs)
        head = f"c {_quote(node.name)}" if node.player == CHANCE else f"p {_quote(node.name)} {node.player}"
        lines.append(f"{head} {node.infoset} {_quote(node.infoset_name)} {{ {inner} }} {outcome(node)}")
        for child in node.children:
            visit(child)

    visit(tree.root)
    return "\n".join(lines) + "\n"
