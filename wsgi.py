"""The program. `python wsgi.py` starts the server; production servers import `app`."""

import gc

from gevent import monkey

monkey.patch_all()
gc.disable()  # What a start makes stays. To look through it for garbage takes nearly as long as the start itself.

from sessions.app import create_app  # noqa: E402 - everything below must meet the patched standard library

if __name__ == "__main__":
    from sessions.serve import serve

    serve(create_app)
else:
    from sessions.backups import watch_from_the_first_request
    from sessions.rescue import application_or_rescue

    app = application_or_rescue()
    watch_from_the_first_request(app)
    gc.freeze()
    gc.enable()
