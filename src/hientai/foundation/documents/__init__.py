"""Real documents: workbooks and Word files in the official layouts."""
