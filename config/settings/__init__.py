"""Settings: ``local`` to try and develop, ``test`` for the suite, ``production`` for everyone else."""
