"""Django plumbing under the capabilities: time, scope, actors, actions, audit, database, jobs, web."""
