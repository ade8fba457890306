"""Prints what olefile still finds in files that were cut, at every sector: a JSON object a line for each file named.

For each cut the paths and hashes of the streams that olefile reads to their end, whatever it complains of.
"""
import hashlib
import io
import json
import sys

import olefile

SECTOR = 512


def streams_of(data):
    ole = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL)
    found = {}
    for path in ole.listdir(streams=True, storages=False):
        try:
            content = ole.openstream(path).read()
            if len(content) == ole.get_size(path):
                found["/".join(path)] = hashlib.sha256(content).hexdigest()
        except Exception:  # a stream that olefile cannot read is one that it does not find
            pass
    return found


def cuts_of(file):
    with open(file, "rb") as stream:
        data = stream.read()
    cuts = {}
    for cut in range(SECTOR, len(data) + 1, SECTOR):
        try:
            cuts[cut] = streams_of(data[:cut])
        except Exception:  # olefile refuses the whole file
            pass
    return cuts


for line in sys.stdin.read().splitlines():
    print(json.dumps(cuts_of(line)))
