"""What each worker process runs: the application over the environment's settings."""

import gc

from service.app import create_app
from service.settings import read_settings
from service.suggestions.warm import warm_later

app = create_app(read_settings())
warm_later(app.state.database)
gc.freeze()  # what is loaded for good is not walked through again at each full collection
