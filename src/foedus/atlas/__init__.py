"""The record: tables, schemas and as-of queries. Knows no model.

>>> from foedus import atlas
>>> atlas.table("spending", member="POL", year=2025)["pct_gdp"].to_list()
[4.48]
"""

from foedus.atlas.query import citation as citation
from foedus.atlas.query import data_hashes as data_hashes
from foedus.atlas.query import members as members
from foedus.atlas.query import newest_date as newest_date
from foedus.atlas.query import oldest_date as oldest_date
from foedus.atlas.query import table as table
from foedus.atlas.schemas import schema as schema
from foedus.atlas.schemas import tables as tables
