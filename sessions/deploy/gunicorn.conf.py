"""One worker: one process on gevent. Several of them are several gunicorns, each with a socket of its own."""

worker_class = "gevent"
workers = 1
worker_connections = 5000
graceful_timeout = 3
control_socket_disable = True
