"""Forms of the staff pages. They validate the format; the rules are in the domain apps."""
