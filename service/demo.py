"""What the rest of the service knows of the demo: its public password. Its content is in fixtures/."""

DEMO_PASSWORD = "passerelle-demo"
