"""Charts, tables and the self-contained HTML report."""

from foedus.report.images import four_worlds_png as four_worlds_png
from foedus.report.images import four_worlds_svg as four_worlds_svg
from foedus.report.page import begin as begin
from foedus.report.page import write_html as write_html
from foedus.report.sentences import three_sentences as three_sentences
from foedus.report.terminal import terminal as terminal
