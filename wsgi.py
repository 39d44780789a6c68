"""The program. `python wsgi.py` starts the server; production servers import `app`."""

from gevent import monkey

monkey.patch_all()

from sessions.app import create_app  # noqa: E402 - everything below must meet the patched standard library

if __name__ == "__main__":
    from sessions.serve import serve

    serve(create_app)
else:
    from sessions.backups import watch_from_the_first_request
    from sessions.rescue import application_or_rescue

    app = application_or_rescue()
    watch_from_the_first_request(app)
