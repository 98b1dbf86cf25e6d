package io.github.k8sclient.test.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that can be broken: passes bytes between clients and a port of this machine
 * until it is told to cut, freeze, lose or slow connections.
 */
public final class TcpProxy implements AutoCloseable {

	private static final Duration POLL = Duration.ofMillis(20);

	private final ServerSocket listener;

	private final int target;

	private final Greeting greeting;

	private final List<Link> links = new CopyOnWriteArrayList<>();

	private volatile boolean frozen;

	private volatile boolean slow;

	private TcpProxy(ServerSocket listener, int target, Greeting greeting) {
		this.listener = listener;
		this.target = target;
		this.greeting = greeting;
	}

	/**
	 * Start a proxy.
	 * @param target the port on the loopback interface to connect to
	 * @return the proxy
	 */
	static TcpProxy to(int target) {
		try {
			return to(target, new ServerSocket(0, 1000, InetAddress.getByName("127.0.0.1")), (client) -> {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a proxy that clients talk to before they are connected.
	 * @param target the port on the loopback interface to connect to
	 * @param listener where clients come in
	 * @param greeting what they and the proxy say to each other first
	 * @return the proxy
	 */
	public static TcpProxy to(int target, ServerSocket listener, Greeting greeting) {
		TcpProxy proxy = new TcpProxy(listener, target, greeting);
		daemon(proxy::accept);
		return proxy;
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Close every connection, in the middle of whatever it carries.
	 */
	void cut() {
		this.links.forEach(Link::close);
	}

	/**
	 * Pass nothing on, for the connections that there are and those to come.
	 */
	void freeze() {
		this.frozen = true;
	}

	/**
	 * Pass on what was held back, and go on.
	 */
	void thaw() {
		this.frozen = false;
		this.slow = false;
	}

	/**
	 * Never pass anything on again on the connections that there are, and leave them
	 * open, as a firewall does that has forgotten them.
	 */
	void forgetConnections() {
		this.links.forEach((link) -> link.forgotten = true);
	}

	/**
	 * Pass on a few bytes at a time.
	 */
	void slowDown() {
		this.slow = true;
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				connect(this.listener.accept());
			}
			catch (IOException ex) {
				// the proxy was closed
			}
		}
	}

	private void connect(Socket client) throws IOException {
		try {
			this.greeting.greet(client);
			Link link = new Link(client, new Socket(InetAddress.getByName("127.0.0.1"), this.target));
			this.links.add(link);
			daemon(() -> link.pass(link.client, link.server));
			daemon(() -> link.pass(link.server, link.client));
		}
		catch (IOException ex) {
			client.close();
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * What a client and a proxy say to each other before bytes are passed on.
	 */
	@FunctionalInterface
	public interface Greeting {

		void greet(Socket client) throws IOException;

	}

	/**
	 * A connection of a client and the one to the server that belongs to it.
	 */
	private final class Link {

		private final Socket client;

		private final Socket server;

		private volatile boolean forgotten;

		Link(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void pass(Socket from, Socket to) {
			byte[] buffer = new byte[16 * 1024];
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				int length = in.read(buffer);
				while (length >= 0) {
					awaitThaw();
					write(out, buffer, length);
					length = in.read(buffer);
				}
			}
			catch (IOException ex) {
				// the connection ends here
			}
			if (!this.forgotten) {
				close();
			}
		}

		private void awaitThaw() throws IOException {
			while (TcpProxy.this.frozen || this.forgotten) {
				if (this.client.isClosed()) {
					throw new IOException("cut");
				}
				LockSupport.parkNanos(POLL.toNanos());
			}
		}

		private void write(OutputStream out, byte[] buffer, int length) throws IOException {
			int chunk = TcpProxy.this.slow ? 200 : length;
			for (int start = 0; start < length; start += chunk) {
				out.write(buffer, start, Math.min(chunk, length - start));
				if (TcpProxy.this.slow) {
					LockSupport.parkNanos(POLL.toNanos());
				}
			}
		}

		void close() {
			TcpProxy.this.links.remove(this);
			for (Socket socket : List.of(this.client, this.server)) {
				try {
					socket.close();
				}
				catch (IOException ex) {
					// it is closed then
				}
			}
		}

	}

}
