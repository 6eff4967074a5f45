"""Treaties and statutes as dated procedures: dates in, timelines out."""
