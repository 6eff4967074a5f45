"""Files of many kinds into decoded documents."""
