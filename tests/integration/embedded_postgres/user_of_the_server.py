"""Run as a process by the tests: starts the server of a home folder and obeys orders from standard input.

Every line in is a JSON object: {"sql": "..."} answers rows; {"stop": true} stops; {"fail": true} raises;
{"durable": true} starts once more. Every line out is one answer.
"""

import json
import sys
from pathlib import Path

import psycopg

from hientai.engines.errors import BadInput
from hientai.foundation import embedded_postgres


def main(home: Path) -> None:
    """Starts, then answers until there are no more orders."""
    try:
        server = embedded_postgres.start(home, durable=False)
    except BadInput as error:
        answer(error=error.code, message=str(error.message))
        return
    answer(url=server.owner_url, pid=embedded_postgres.status(home).pid, folder=str(server.folder))
    for line in sys.stdin:
        order = json.loads(line)
        if "sql" in order:
            with psycopg.connect(server.owner_url) as connection:
                cursor = connection.execute(order["sql"])
                rows = cursor.fetchall() if cursor.description else []
            answer(rows=rows)
        elif "stop" in order:
            answer(stopped=embedded_postgres.stop(home))
        elif "start" in order:
            server = embedded_postgres.start(home, durable=False)
            answer(pid=embedded_postgres.status(home).pid)
        elif "fail" in order:
            raise SystemExit(3)


def answer(**fields: object) -> None:
    """Writes one line."""
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
