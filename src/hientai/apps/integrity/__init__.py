"""Rules of data quality, who must fix what, campaigns until every unit has signed off."""
