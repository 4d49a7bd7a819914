"""The simulated balance's end of its cable: a pseudo-terminal, or a local socket where there are none."""

import os
import socket


class Pty:
    """Its end of a pseudo-terminal. It keeps the far end open too, so that nobody there is no error."""

    def __init__(self) -> None:
        import tty

        self._own, self._far = os.openpty()
        tty.setraw(self._far)
        self.url = os.ttyname(self._far)

    def fileno(self) -> int:
        return self._own

    def read(self) -> bytes:
        try:
            return os.read(self._own, 4096)
        except OSError:
            return b""

    def write(self, content: bytes) -> None:
        try:
            os.write(self._own, content)
        except OSError:
            return  # pulled in this moment

    def close(self) -> None:
        os.close(self._far)
        os.close(self._own)


class Socket:
    """A local server for one at a time."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._peer: socket.socket | None = None
        self.url = f"socket://127.0.0.1:{self._server.getsockname()[1]}"

    def fileno(self) -> int:
        return (self._peer or self._server).fileno()

    def read(self) -> bytes:
        try:
            if self._peer is None:
                self._peer, _ = self._server.accept()
                return b""
            content = self._peer.recv(4096)
            if not content:
                self._peer.close()
                self._peer = None
            return content
        except OSError:
            return b""

    def write(self, content: bytes) -> None:
        try:
            if self._peer:
                self._peer.sendall(content)
        except OSError:
            return

    def close(self) -> None:
        if self._peer:
            self._peer.close()
        self._server.close()
