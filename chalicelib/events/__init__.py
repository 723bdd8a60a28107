"""The edge that is not HTTP: schedules, queues and mail feedback."""
