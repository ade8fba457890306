"""Prints what olefile finds in compound files: a JSON object a line for each file named on standard input.

Everything that olefile calls a defect, however small, is listed. The sibling trees of the directory are
walked by hand, because olefile reads them without checking their shape.
"""
import hashlib
import json
import sys

import olefile

STORAGE, STREAM, ROOT = 1, 2, 5
NONE = 0xFFFFFFFF


def key_of(name):
    """How names are ordered: by length in UTF-16 units, then by upper case."""
    upper = name.upper()
    return (len(name.encode("utf-16-le")), [ord(c) for c in upper])


def tree_of(ole, top):
    """The names of a sibling tree in order, and its height."""
    names, height, pending = [], 0, [(top, 1, False)]
    seen = set()
    while pending:
        sid, depth, expanded = pending.pop()
        if sid == NONE:
            continue
        entry = ole.direntries[sid] or ole._load_direntry(sid)
        if expanded:
            names.append(entry.name)
            continue
        assert sid not in seen, "entry %d is twice in the tree" % sid
        seen.add(sid)
        height = max(height, depth)
        pending += [(entry.sid_right, depth + 1, False), (sid, depth, True), (entry.sid_left, depth + 1, False)]
    return names, height


def entry_of(ole, entry, path):
    is_stream = entry.entry_type == STREAM
    data = ole._open(entry.isectStart, entry.size).read() if is_stream else b""
    if is_stream:
        assert len(data) == entry.size, "%s: %d bytes of %d" % (path, len(data), entry.size)
    return {
        "path": path,
        "type": "stream" if is_stream else "storage",
        "size": entry.size if is_stream else 0,
        "hash": hashlib.sha256(data).hexdigest() if is_stream else "",
        "clsid": entry.clsid,
        "created": str(entry.createTime),
        "modified": str(entry.modifyTime),
    }


def dump(file):
    ole = olefile.OleFileIO(file, raise_defects=olefile.DEFECT_FATAL)
    entries, trees = [], []
    pending = [(ole.root, "")]
    while pending:
        entry, path = pending.pop()
        entries.append(entry_of(ole, entry, path))
        if entry.entry_type == STREAM:
            continue
        names, height = tree_of(ole, entry.sid_child)
        keys = [key_of(name) for name in names]
        trees.append({"path": path, "count": len(names), "height": height, "sorted": keys == sorted(keys)})
        for kid in entry.kids:
            pending.append((kid, kid.name if path == "" else path + "/" + kid.name))
    ole.close()
    return {"entries": entries, "trees": trees, "issues": [str(issue[1]) for issue in ole.parsing_issues]}


for line in sys.stdin.read().splitlines():
    try:
        print(json.dumps(dump(line)))
    except Exception as error:  # whatever olefile raises belongs in the report of that file
        print(json.dumps({"error": "%s: %s" % (type(error).__name__, error)}))
