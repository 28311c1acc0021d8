"""The Jinja environment: undefined names are errors, everything is escaped, French formats are filters."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service import formats
from service.static_files import static_address

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
ENVIRONMENT.globals["static"] = static_address
ENVIRONMENT.filters.update(
    integer=formats.integer,
    hours=formats.hours,
    euros=formats.euros,
    day=formats.day,
    long_day=formats.long_day,
    month=formats.month,
    instant=formats.instant,
    clock=formats.clock,
    plural=lambda count, one, many=None: formats.plural(count, one, many),
)
