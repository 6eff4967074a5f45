"""``foedus law``: treaties and statutes as procedures, with dates, branches and citations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from foedus.law import Timeline

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Svg = Annotated[Path | None, typer.Option("--svg", help="Also write the picture to this SVG file.")]
Veto = Annotated[
    list[str] | None, typer.Option(help="A member that opposes invoking Article 5; may be repeated.")
]


def register(app: typer.Typer) -> None:
    """Add the command group."""
    law = typer.Typer(
        help="Treaties and statutes as dated procedures: who must do what, by when, under which text.",
        no_args_is_help=True,
    )
    law.command("list")(list_procedures)
    for command in (
        show,
        leave,
        attack,
        accede,
        suspend,
        sale,
        drawdown,
        withhold,
        precedent,
        sales,
        branches,
        cases,
    ):
        law.command(command.__name__)(command)
    app.add_typer(law, name="law")


def list_procedures(as_json: Json = False) -> None:
    """List the procedures and the instruments they rest on.

    Example:  foedus law list
    """
    from foedus.law.printing import print_list

    print_list(as_json)


def show(
    name: Annotated[str, typer.Argument(help="A procedure or a rule, as listed by: foedus law list")],
    on: Annotated[str | None, typer.Option(help="The day whose law is asked for, YYYY-MM-DD.")] = None,
    as_json: Json = False,
) -> None:
    """Show a procedure or a rule as it stood on a day.

    Example:  foedus law show leave --on 2023-12-01
    """
    from foedus.law.printing import print_show

    print_show(name, on, as_json)


def leave(
    *,
    notice: Annotated[str, typer.Option(help="The day on which the government acts, YYYY-MM-DD.")],
    member: Annotated[str, typer.Option(help="The member that leaves.")] = "USA",
    congress: Annotated[str | None, typer.Option(help="none, two-thirds or act.")] = None,
    ignore_statute: Annotated[bool | None, typer.Option("--ignore-statute/--obey-statute")] = None,
    suit: Annotated[
        bool | None, typer.Option("--suit/--no-suit", help="Somebody sues, or nobody does.")
    ] = None,
    notified: Annotated[str | None, typer.Option(help="The day on which Congress was notified.")] = None,
    open_branches: Annotated[bool, typer.Option("--open", help="Leave every branch not named open.")] = False,
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Leave the alliance: treaty notice, statute, courts, one year.

    With none of --congress, --ignore-statute and --suit every branch is open and drawn from the register.
    With any of them, those not named mean: no consent, statute obeyed, no suit; --open leaves them open.

    Example:  foedus law leave --member USA --notice 2025-03-01 --ignore-statute
    """
    from foedus import law

    if not open_branches and (congress, ignore_statute, suit) != (None, None, None):
        congress, ignore_statute, suit = congress or "none", bool(ignore_statute), bool(suit)
    _out(law.leave(member, notice, congress, ignore_statute, suit, notified=notified), svg, as_json)


def attack(
    *,
    on: Annotated[str, typer.Option(help="The state attacked.")],
    date: Annotated[str, typer.Option(help="The day of the attack, YYYY-MM-DD.")],
    veto: Veto = None,
    where: Annotated[str, typer.Option(help="Place: home, hawaii, ceuta-melilla, ...")] = "home",
    unclear: Annotated[bool, typer.Option("--unclear", help="The origin has to be established first.")] = False,
    attributed: Annotated[str | None, typer.Option(help="The day on which the origin is established.")] = None,
    consensus: Annotated[bool | None, typer.Option("--consensus/--no-consensus")] = None,
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Armed attack on a member: Articles 4, 5 and 6, vetoes, coalition of the willing.

    Example:  foedus law attack --on EST --date 2027-05-01 --veto HUN
    """
    from foedus import law

    line = law.attack(
        on, date, veto or (), where=where, unclear=unclear, attributed=attributed, consensus=consensus
    )
    _out(line, svg, as_json)


def accede(
    *,
    candidate: Annotated[str, typer.Option(help="The state that wants to join.")],
    date: Annotated[str, typer.Option(help="The day of the application, YYYY-MM-DD.")],
    invited: Annotated[str | None, typer.Option(help="The day of the invitation.")] = None,
    signed: Annotated[str | None, typer.Option(help="The day on which the protocol was signed.")] = None,
    last_ratification: Annotated[str | None, typer.Option(help="The day of the last ratification.")] = None,
    deposited: Annotated[str | None, typer.Option(help="The day of the deposit.")] = None,
    refuses: Annotated[list[str] | None, typer.Option(help="A member that stands in the way.")] = None,
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Admit a new member: invitation, every ratification, deposit.

    Example:  foedus law accede --candidate SWE --date 2022-05-18 --signed 2022-07-05 --refuses HUN
    """
    from foedus import law

    days = {
        "invited": invited,
        "signed": signed,
        "last_ratification": last_ratification,
        "deposited": deposited,
    }
    _out(law.accede(candidate, date, **days, refuses=refuses or ()), svg, as_json)  # type: ignore[arg-type]


def suspend(
    *,
    date: Annotated[str, typer.Option(help="The day of the decision, YYYY-MM-DD.")],
    member: Annotated[str, typer.Option(help="The member that stops taking part.")] = "USA",
    certified: Annotated[
        str | None, typer.Option(help="The day on which the certification is with Congress.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="The day by which everything is withdrawn.")] = None,
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Suspension without exit: which step a statute touches and which not.

    Example:  foedus law suspend --member USA --date 2026-03-01
    """
    from foedus import law

    _out(law.suspend(member, date, certified=certified, by=by), svg, as_json)


def sale(
    *,
    buyer: Annotated[str, typer.Option(help="The buyer, ISO code or name.")],
    value: Annotated[str, typer.Option(help="US dollars: 106.5M, 1.2bn, USD 80 million.")],
    kind: Annotated[str, typer.Option(help="mde, defense-articles, construction or firearms.")],
    notified: Annotated[str | None, typer.Option(help="The day of the formal notice, YYYY-MM-DD.")] = None,
    submitted: Annotated[str | None, typer.Option(help="The day of submission to the committees.")] = None,
    channel: Annotated[str, typer.Option(help="fms, dcs, taa or lease.")] = "fms",
    emergency: Annotated[bool, typer.Option("--emergency", help="An emergency is determined.")] = False,
    disapproval: Annotated[bool | None, typer.Option("--disapproval/--no-disapproval")] = None,
    recess: Annotated[str | None, typer.Option(help="A recess within the review, FROM..TO.")] = None,
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Arms sale: threshold, review, emergency, disapproval, veto.

    Example:  foedus law sale --buyer ISR --value 106.5M --kind mde --notified 2023-12-08 --emergency
    """
    from foedus import law
    from foedus.law.clocks import parse_period

    line = law.sale(
        buyer,
        value,
        kind,
        notified,
        channel=channel,
        emergency=emergency,
        submitted=submitted,
        recess=parse_period(recess, "recess") if recess else None,
        disapproval=disapproval,
    )
    _out(line, svg, as_json)


def drawdown(
    *,
    host: Annotated[str, typer.Option(help="The host country.")],
    share: Annotated[float, typer.Option(help="Share of the forces there that leaves, 0 to 1.")],
    date: Annotated[str, typer.Option(help="The day of the order, YYYY-MM-DD.")],
    certify: Annotated[bool | None, typer.Option("--certify/--no-certify")] = None,
    certified: Annotated[
        str | None, typer.Option(help="The day on which the certification is with Congress.")
    ] = None,
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Drawdown of US forces under a floor, with certification.

    Example:  foedus law drawdown --host DEU --share 0.33 --date 2026-03-01
    """
    from foedus import law

    _out(law.drawdown(host, share, date, certify=certify, certified=certified), svg, as_json)


def withhold(
    *,
    date: Annotated[str, typer.Option(help="The day of the special message to Congress, YYYY-MM-DD.")],
    expires: Annotated[str | None, typer.Option(help="The day on which the funds expire.")] = None,
    out: Annotated[list[str] | None, typer.Option(help="A recess, FROM..TO; may be repeated.")] = None,
    rescinded: Annotated[bool | None, typer.Option("--rescinded/--not-rescinded")] = None,
    through_expiry: Annotated[bool, typer.Option("--through-expiry", help="Withheld past the expiry.")] = False,
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Withheld appropriations: the impoundment clock.

    Example:  foedus law withhold --date 2018-05-08 --not-rescinded
    """
    from foedus import law
    from foedus.law.clocks import parse_period

    gaps = [parse_period(period, "out") for period in out or ()]
    line = law.withhold(date, expires=expires, out=gaps, rescinded=rescinded, through_expiry=through_expiry)
    _out(line, svg, as_json)


def precedent(
    treaty: Annotated[str, typer.Argument(help="taiwan, nicaragua, abm, inf or open-skies.")],
    svg: Svg = None,
    as_json: Json = False,
) -> None:
    """Run a past use of the treaty-ending power again: notice, suit, effect, who prevailed.

    Example:  foedus law precedent open-skies
    """
    from foedus import law

    _out(law.terminate(treaty), svg, as_json)


def sales(
    *,
    buyer: Annotated[str | None, typer.Option(help="ISO code or name of the buyer.")] = None,
    year: Annotated[int | None, typer.Option(help="Year of the notice.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Only what was publicly known by this day.")] = None,
    nato: Annotated[
        bool, typer.Option("--nato", help="Only buyers that were members on the day of notice.")
    ] = False,
    pending: Annotated[str | None, typer.Option(help="What was under review on this day.")] = None,
    as_json: Json = False,
) -> None:
    """Ledger of notified arms sales, from the atlas.

    Example:  foedus law sales --buyer POL --year 2023
    """
    from foedus.law.printing import print_pending, print_sales

    if pending:
        print_pending(pending, as_json)
    else:
        print_sales(buyer, year, as_of, nato, as_json)


def branches(as_json: Json = False) -> None:
    """Register of branch probabilities and delays, with the precedents behind them.

    Example:  foedus law branches
    """
    from foedus.law.printing import print_branches

    print_branches(as_json)


def cases(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Case files; the shipped ones when none is given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Run case files: facts and dates in, expected outcome against what the rules give.

    Example:  foedus law cases my-own.cases.yaml
    """
    from foedus.law.printing import print_cases

    print_cases(files or [], as_json)


def _out(timeline: Timeline, svg: Path | None, as_json: bool) -> None:
    from foedus.law.printing import print_timeline

    print_timeline(timeline, svg, as_json)
