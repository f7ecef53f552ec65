"""Where the model is made: from labelled text to the folder that ships. Never imported by it."""
