package io.github.k8sclient.test;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.test.chaos.TcpProxy;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proxies of each kind in front of the embedded API server, and of the real one when
 * {@code KUBEBUILDER_ASSETS} is set. The name of the server is known to the proxy only.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.k8sclient.test.TestedServer#all")
class ProxyConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String HOST = "kubernetes_api.example.com";

	@Parameter
	TestedServer server;

	private final ServerCertificate certificate = ServerCertificate.create();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	@Test
	void requestsAndWatchesGoThroughHttpProxy() throws IOException {
		assertPasses("http", plainSocket(), this::connect);
	}

	@Test
	void requestsAndWatchesGoThroughHttpsProxy() throws IOException, GeneralSecurityException {
		assertPasses("https", tlsSocket(), this::connect);
	}

	@Test
	void requestsAndWatchesGoThroughSocksProxy() throws IOException {
		assertPasses("socks5", plainSocket(), this::socks);
	}

	private void assertPasses(String scheme, ServerSocket socket, TcpProxy.Greeting greeting) throws IOException {
		int port = this.server.administrator().server().getPort();
		try (TcpProxy proxy = TcpProxy.to(port, socket, greeting)) {
			Clientset clientset = Clientset.create(through(URI.create(scheme + "://127.0.0.1:" + proxy.port())));

			assertIsWatched(clientset, "through-" + scheme);

			assertThat(this.requests).isNotEmpty().containsOnly(HOST + ":" + port);
			clientset.close().block(TIMEOUT);
		}
	}

	private ClientConfiguration through(URI proxy) {
		ClientConfiguration direct = this.server.administrator();
		ByteArrayOutputStream trusted = new ByteArrayOutputStream();
		trusted.writeBytes(direct.tls().certificateAuthority().read());
		trusted.writeBytes(this.certificate.pem());
		return direct.toBuilder()
			.server(URI.create("https://" + HOST + ":" + direct.server().getPort()))
			.tls(direct.tls()
				.withServerName(direct.server().getHost())
				.withCertificateAuthority(PemSource.data("server and proxy", trusted.toByteArray())))
			.proxy(proxy)
			.build();
	}

	private static void assertIsWatched(Clientset clientset, String name) {
		String version = clientset.coreV1().configMaps("default").list().block(TIMEOUT).metadata().resourceVersion();

		WatchEvent<ConfigMap> event = clientset.coreV1()
			.configMaps("default")
			.watch(ListOptions.builder().resourceVersion(version).fieldSelector("metadata.name=" + name).build())
			.mergeWith(clientset.coreV1()
				.configMaps("default")
				.create(ConfigMap.builder().metadata((metadata) -> metadata.name(name)).build())
				.thenMany(Flux.never()))
			.blockFirst(TIMEOUT);

		assertThat(event).isInstanceOf(WatchEvent.Added.class);
		clientset.coreV1().configMaps("default").delete(name).block(TIMEOUT);
	}

	private static ServerSocket plainSocket() throws IOException {
		return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
	}

	private ServerSocket tlsSocket() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("proxy", this.certificate.key(), new char[0],
				new Certificate[] { this.certificate.certificate() });
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, new char[0]);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
	}

	private void connect(Socket client) throws IOException {
		InputStream in = client.getInputStream();
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.read());
		}
		this.requests.add(head.toString().split(" ")[1]);
		client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
	}

	private void socks(Socket client) throws IOException {
		DataInputStream in = new DataInputStream(client.getInputStream());
		OutputStream out = client.getOutputStream();
		in.readByte();
		in.readNBytes(in.readByte());
		out.write(new byte[] { 5, 0 });
		// version, command, nothing, and that a name follows
		assertThat(in.readNBytes(4)).containsExactly(5, 1, 0, 3);
		String host = new String(in.readNBytes(in.readByte()), StandardCharsets.US_ASCII);
		this.requests.add(host + ":" + in.readUnsignedShort());
		out.write(new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 });
	}

}
