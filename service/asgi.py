"""What each worker process runs: the application over the environment's settings."""

from service.app import create_app
from service.settings import read_settings
from service.suggestions.warm import warm_later

app = create_app(read_settings())
warm_later(app.state.database)
