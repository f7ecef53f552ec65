"""The documents are run: commands, Python and configuration in them do what they say."""
