"""What every package stands on: configuration, database, audit, jobs, storage, mail, clock, errors."""
