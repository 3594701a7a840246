"""From the names in a text to places of the world: codes, coordinates, precision, and the namesakes that lost."""

from etl.places.gazetteer import Place
from etl.places.mentions import PlaceMention, find_places

__all__ = ["Place", "PlaceMention", "find_places"]
