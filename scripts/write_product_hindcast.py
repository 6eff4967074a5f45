"""Write docs/explanation/product-hindcast.md: run the product as of the vantage, or read a result.

    uv run python scripts/write_product_hindcast.py [RESULT.json]

RESULT.json is what ``foedus hindcast product --json`` printed.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

from foedus.insight.vantage.hindcast import hindcast_product
from foedus.insight.vantage.page import page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "product-hindcast.md"
VANTAGE = dt.date(2023, 12, 9)


def main() -> None:
    """Write the page."""
    given = Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else None
    PAGE.write_text(page(json.loads(given or hindcast_product(VANTAGE).to_json())), encoding="utf-8")


if __name__ == "__main__":
    main()
