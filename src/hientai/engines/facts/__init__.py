"""The fact catalogue and the columns of everybody's answers as of a day."""
