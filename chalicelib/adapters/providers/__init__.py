"""Payment providers, one file each; the registry names them."""
