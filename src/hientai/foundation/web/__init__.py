"""Edge of the program: requests, dates as people write them, pages, fragments."""
