"""A program with a fixed address, as strict as Python 3.13: to it only the name server and the CAs are new."""

import http.client
import os
import socket
import ssl

context = ssl.create_default_context()
context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN

connection = http.client.HTTPSConnection("api.cloudflare.com", context=context)
host, port = os.environ["EMULATOR"].split(":")
connection._create_connection = lambda _address, *rest: socket.create_connection((host, int(port)), *rest)
connection.request("GET", "/client/v4/accounts", headers={"Authorization": "Bearer any-token"})
print(connection.getresponse().status)
