"""An exercise made of a query from work: read, its near misses proposed and proved, kept as the text files that authors write."""
