"""The demo's story: some twenty months of the platform's life, played through the portal's own actions."""
