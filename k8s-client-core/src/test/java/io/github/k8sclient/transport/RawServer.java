package io.github.k8sclient.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server that reads something, sends fixed bytes and closes the connection.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket socket;

	private final byte[] answer;

	private RawServer(byte[] answer) throws IOException {
		this.socket = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
		this.answer = answer;
		Thread thread = new Thread(this::serve, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	static RawServer answering(String answer) throws IOException {
		return new RawServer(answer.getBytes(StandardCharsets.ISO_8859_1));
	}

	int port() {
		return this.socket.getLocalPort();
	}

	private void serve() {
		try {
			while (!this.socket.isClosed()) {
				try (Socket client = this.socket.accept()) {
					client.getInputStream().read(new byte[8192]);
					client.getOutputStream().write(this.answer);
				}
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
