"""Request and response bodies. openapi.json and the front end's types are generated from these."""
