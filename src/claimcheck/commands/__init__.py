"""The subcommands, a module each with a ``command``; heavy imports wait until one runs."""
