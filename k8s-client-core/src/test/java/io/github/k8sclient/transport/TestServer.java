package io.github.k8sclient.transport;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.tcp.SslProvider;

/**
 * An HTTP server on a free port of this machine.
 */
public final class TestServer implements AutoCloseable {

	private final DisposableServer server;

	private final String scheme;

	private final Set<Channel> channels;

	private TestServer(HttpServer server, String scheme) {
		Set<Channel> open = ConcurrentHashMap.newKeySet();
		this.server = server.doOnChannelInit((observer, channel, address) -> {
			open.add(channel);
			channel.closeFuture().addListener((future) -> {
				synchronized (open) {
					open.remove(channel);
					open.notifyAll();
				}
			});
		}).bindNow();
		this.scheme = scheme;
		this.channels = open;
	}

	public static TestServer http(
			BiFunction<? super HttpServerRequest, ? super HttpServerResponse, ? extends Publisher<Void>> handler) {
		return new TestServer(HttpServer.create().host("localhost").handle(handler), "http");
	}

	public static TestServer https(String certificate,
			BiFunction<? super HttpServerRequest, ? super HttpServerResponse, ? extends Publisher<Void>> handler) {
		return https(certificate, ClientAuth.NONE, handler, HttpProtocol.H2, HttpProtocol.HTTP11);
	}

	public static TestServer https(String certificate, ClientAuth clientAuth,
			BiFunction<? super HttpServerRequest, ? super HttpServerResponse, ? extends Publisher<Void>> handler,
			HttpProtocol... protocols) {
		HttpServer server = HttpServer.create()
			.host("localhost")
			.protocol(protocols)
			.secure((spec) -> secure(spec, certificate, clientAuth, protocols))
			.handle(handler);
		return new TestServer(server, "https");
	}

	private static void secure(SslProvider.SslContextSpec spec, String certificate, ClientAuth clientAuth,
			HttpProtocol... protocols) {
		ClientIdentity identity = TlsConfiguration.defaults()
			.withClientCertificate(TlsFiles.pem(certificate + ".crt"), TlsFiles.pem(certificate + ".key"))
			.readClientIdentity();
		SslProvider.GenericSslContextSpec<SslContextBuilder> context = List.of(protocols).contains(HttpProtocol.H2)
				? Http2SslContextSpec.forServer(identity.privateKey(), identity.certificates())
				: Http11SslContextSpec.forServer(identity.privateKey(), identity.certificates());
		context.configure((builder) -> builder.trustManager(TlsFiles.path("ca.crt").toFile())
			.ciphers(null, SupportedCipherSuiteFilter.INSTANCE)
			.clientAuth(clientAuth));
		spec.sslContext(context);
	}

	URI url(String host) {
		return URI.create(this.scheme + "://" + host + ":" + this.server.port());
	}

	public URI url() {
		return url("localhost");
	}

	int openConnections() {
		return this.channels.size();
	}

	/**
	 * Wait until only so many connections are open.
	 */
	void awaitConnections(int count) {
		synchronized (this.channels) {
			while (this.channels.size() > count) {
				try {
					this.channels.wait();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
