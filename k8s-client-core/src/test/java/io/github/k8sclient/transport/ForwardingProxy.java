package io.github.k8sclient.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP (CONNECT) or SOCKS 5 proxy on a free port of this machine, which connects to
 * this machine whatever host is asked for.
 */
final class ForwardingProxy implements AutoCloseable {

	private final ServerSocket socket;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private ForwardingProxy(ServerSocket socket, Protocol protocol) {
		this.socket = socket;
		this.threads.submit(() -> accept(protocol));
	}

	static ForwardingProxy http(ServerSocket socket) {
		return new ForwardingProxy(socket, ForwardingProxy::connect);
	}

	static ForwardingProxy http() {
		return http(open());
	}

	static ForwardingProxy refusing() {
		return new ForwardingProxy(open(), ForwardingProxy::refuse);
	}

	static ForwardingProxy socks() {
		return new ForwardingProxy(open(), ForwardingProxy::socks);
	}

	private static ServerSocket open() {
		try {
			return new ServerSocket(0, 50, InetAddress.getByName("localhost"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * What clients have asked for: the lines of CONNECT, or host and port.
	 */
	List<String> requests() {
		return this.requests;
	}

	private void accept(Protocol protocol) {
		try {
			while (!this.socket.isClosed()) {
				Socket client = this.socket.accept();
				this.sockets.add(client);
				this.threads.submit(() -> {
					Socket target = protocol.establish(this, client);
					if (target != null) {
						this.sockets.add(target);
						this.threads.submit(() -> copy(client, target));
						copy(target, client);
					}
					return null;
				});
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private static Void copy(Socket from, Socket to) throws IOException {
		from.getInputStream().transferTo(to.getOutputStream());
		to.close();
		return null;
	}

	private Socket connect(Socket client) throws IOException {
		List<String> lines = head(client.getInputStream());
		this.requests.addAll(lines);
		String port = lines.get(0).replaceAll("CONNECT .*:([0-9]+) HTTP.*", "$1");
		Socket target = new Socket("localhost", Integer.parseInt(port));
		client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		return target;
	}

	private Socket refuse(Socket client) throws IOException {
		head(client.getInputStream());
		client.getOutputStream()
			.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
		return null;
	}

	private static List<String> head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.read());
		}
		return List.of(head.toString().trim().split("\r\n"));
	}

	private Socket socks(Socket client) throws IOException {
		DataInputStream in = new DataInputStream(client.getInputStream());
		OutputStream out = client.getOutputStream();
		in.readByte();
		in.readNBytes(in.readByte());
		out.write(new byte[] { 5, 0 });
		in.readNBytes(3);
		int type = in.readByte();
		String host = (type == 3) ? new String(in.readNBytes(in.readByte()), StandardCharsets.US_ASCII)
				: InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
		int port = in.readUnsignedShort();
		this.requests.add(host + ":" + port);
		Socket target = new Socket("localhost", port);
		out.write(new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 });
		return target;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		for (Socket open : this.sockets) {
			open.close();
		}
		this.threads.shutdownNow();
	}

	private interface Protocol {

		Socket establish(ForwardingProxy proxy, Socket client) throws IOException;

	}

}
