"""Looking ahead: who leaves which seat when, and whether anybody planned for it will be ready; columns in and out."""

from hientai.engines.forecast.look_ahead import SCHEMAS, Forecast, look_ahead

__all__ = ["SCHEMAS", "Forecast", "look_ahead"]
