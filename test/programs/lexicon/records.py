"""Creates, lists, updates and deletes a record by lexicon, as certbot's plugins do; prints the contents after each step.

The command of lexicon would ask the name servers of the zone first.
"""

import json
import sys

from lexicon.client import Client
from lexicon.config import ConfigResolver

kind, name, before, after = sys.argv[1:]
config = ConfigResolver().with_dict(
    {"provider_name": "cloudflare", "domain": "example.com", "cloudflare": {"auth_token": "any-token"}}
)
with Client(config) as records:

    def contents():
        return [record["content"] for record in records.list_records(kind, name)]

    found = [contents()]
    records.create_record(kind, name, before)
    found.append(contents())
    records.update_record(None, kind, name, after)
    found.append(contents())
    records.delete_record(None, kind, name)
    found.append(contents())

print(json.dumps(found))
