"""Games of crisis: solvers as pure functions on arrays, float32 or float64 as their arguments are."""
