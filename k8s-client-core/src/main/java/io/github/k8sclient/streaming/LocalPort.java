package io.github.k8sclient.streaming;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.tcp.TcpServer;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * A port on the loopback interface of this machine whose connections go to a port of a
 * pod. It is open until it is closed.
 *
 * @since 0.1.0
 * @see PortForward#listen(int)
 */
public final class LocalPort {

	private static final Log logger = LogFactory.getLog(LocalPort.class);

	private final DisposableServer server;

	private final Set<Connection> connections;

	private LocalPort(DisposableServer server, Set<Connection> connections) {
		this.server = server;
		this.connections = connections;
	}

	static Mono<LocalPort> open(PortForward target, int port) {
		return Mono.defer(() -> {
			Set<Connection> connections = ConcurrentHashMap.newKeySet();
			return TcpServer.create().host("127.0.0.1").port(port).doOnConnection((connection) -> {
				connections.add(connection);
				connection.onDispose(() -> connections.remove(connection));
			}).handle((in, out) -> forward(target, in, out)).bind().map((server) -> new LocalPort(server, connections));
		});
	}

	private static Publisher<Void> forward(PortForward target, NettyInbound in, NettyOutbound out) {
		NettyDataBufferFactory buffers = new NettyDataBufferFactory(out.alloc());
		Flux<DataBuffer> outgoing = in.receive().retain().map(buffers::wrap);
		return out
			.send(target.connect(outgoing)
				.doOnError((ex) -> logger.warn("A connection to " + target + " failed: " + ex.getMessage()))
				.map(NettyDataBufferFactory::toByteBuf), (bytes) -> true)
			.then()
			.onErrorComplete();
	}

	/**
	 * Return the number of the port.
	 * @return the port of {@code 127.0.0.1}
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Close the port and all its connections.
	 * @return completes when the port is closed
	 */
	public Mono<Void> close() {
		return Mono.defer(() -> {
			this.connections.forEach(Connection::dispose);
			this.server.dispose();
			return this.server.onDispose();
		});
	}

	@Override
	public String toString() {
		return "LocalPort[" + port() + "]";
	}

}
