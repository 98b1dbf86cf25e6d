package io.github.k8sclient.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Forwards bytes to a server, until it freezes: connections stay open, but nothing
 * arrives any more, as with a firewall that has forgotten them.
 */
final class Relay implements AutoCloseable {

	private final ServerSocket socket;

	private final int target;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private boolean frozen;

	private int forwarded;

	Relay(int target) throws IOException {
		this.socket = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
		this.target = target;
		this.threads.submit(this::accept);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	synchronized void freeze() {
		this.frozen = true;
	}

	synchronized void thaw() {
		this.frozen = false;
		notifyAll();
	}

	/**
	 * Wait until so many more pieces have gone through, in whatever direction.
	 */
	synchronized void awaitTraffic(int pieces) throws InterruptedException {
		int end = this.forwarded + pieces;
		while (this.forwarded < end) {
			wait();
		}
	}

	private Void accept() throws IOException {
		while (!this.socket.isClosed()) {
			Socket client = this.socket.accept();
			Socket server = new Socket("localhost", this.target);
			this.sockets.addAll(List.of(client, server));
			this.threads.submit(() -> copy(client, server));
			this.threads.submit(() -> copy(server, client));
		}
		return null;
	}

	private Void copy(Socket from, Socket to) throws IOException, InterruptedException {
		byte[] bytes = new byte[8192];
		InputStream in = from.getInputStream();
		OutputStream out = to.getOutputStream();
		for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
			pass();
			out.write(bytes, 0, length);
		}
		to.close();
		return null;
	}

	private synchronized void pass() throws InterruptedException {
		while (this.frozen) {
			wait();
		}
		this.forwarded++;
		notifyAll();
	}

	@Override
	public void close() throws IOException {
		this.threads.shutdownNow();
		this.socket.close();
		for (Socket open : this.sockets) {
			open.close();
		}
	}

}
