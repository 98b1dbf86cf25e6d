package io.github.k8sclient.test;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * Starts the real API server: {@code etcd} and {@code kube-apiserver} from the folder
 * that the environment variable {@code KUBEBUILDER_ASSETS} names, as envtest does. They
 * run on free ports of the loopback interface with their data in a temporary folder.
 *
 * <pre class="code">
 * try (ApiServerLauncher server = ApiServerLauncher.create().start()) {
 *     ClientConfiguration configuration = server.clientConfiguration();
 *     server.restartApiServer();
 * }
 * </pre>
 *
 * There are no controllers, schedulers and kubelets. Two users are known by their bearer
 * tokens: an administrator, and one without any rights; others are known by certificates.
 * The API server needs three to ten seconds to start. The flags suit API servers from
 * 1.20 on.
 * <p>
 * The methods block; they may be called from any thread but one at a time.
 *
 * @since 0.1.0
 */
public final class ApiServerLauncher implements AutoCloseable {

	/**
	 * The environment variable that names the folder with the programs.
	 */
	public static final String ASSETS_VARIABLE = "KUBEBUILDER_ASSETS";

	private static final Log logger = LogFactory.getLog(ApiServerLauncher.class);

	private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	private final Path assets;

	private final Path etcdProgram;

	private final Path apiServerProgram;

	private final String adminToken = UUID.randomUUID().toString();

	private final String powerlessToken = UUID.randomUUID().toString();

	private final ClientAuthority clientAuthority = ClientAuthority.create(Clock.systemUTC());

	private List<String> flags = List.of();

	private @Nullable Path folder;

	private @Nullable LaunchedProcess etcd;

	private @Nullable LaunchedProcess apiServer;

	private int etcdPort;

	private int port;

	private ApiServerLauncher(Path assets, Path etcdProgram, Path apiServerProgram) {
		this.assets = assets;
		this.etcdProgram = etcdProgram;
		this.apiServerProgram = apiServerProgram;
	}

	/**
	 * Whether {@code KUBEBUILDER_ASSETS} is set.
	 * @return true if {@link #create()} can be expected to work
	 */
	public static boolean isAvailable() {
		String folder = System.getenv(ASSETS_VARIABLE);
		return folder != null && !folder.isBlank();
	}

	/**
	 * Make a launcher for the programs in {@code KUBEBUILDER_ASSETS}.
	 * @return the launcher; nothing is started yet
	 * @throws IllegalStateException if the variable is not set or the programs are
	 * missing
	 */
	public static ApiServerLauncher create() {
		String folder = System.getenv(ASSETS_VARIABLE);
		Assert.state(folder != null && !folder.isBlank(),
				() -> "Set the environment variable " + ASSETS_VARIABLE + " to a folder with etcd and kube-apiserver");
		return create(Path.of(folder));
	}

	/**
	 * Make a launcher for the programs in a folder. A program that is not in the folder
	 * is taken from the {@code PATH}.
	 * @param assets a folder with {@code etcd} and {@code kube-apiserver}
	 * @return the launcher; nothing is started yet
	 * @throws IllegalStateException if a program is missing
	 */
	public static ApiServerLauncher create(Path assets) {
		return create(assets, System.getenv("PATH"));
	}

	static ApiServerLauncher create(Path assets, @Nullable String path) {
		return new ApiServerLauncher(assets, program("etcd", assets, path), program("kube-apiserver", assets, path));
	}

	private static Path program(String name, Path assets, @Nullable String path) {
		List<Path> folders = new ArrayList<>(List.of(assets));
		if (path != null) {
			Stream.of(path.split(File.pathSeparator))
				.filter((folder) -> !folder.isBlank())
				.map(Path::of)
				.forEach(folders::add);
		}
		return folders.stream()
			.map((folder) -> folder.resolve(name))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"There is no program %s, nor one on the PATH".formatted(assets.resolve(name))));
	}

	/**
	 * Start the API server with more flags, such as
	 * {@code --feature-gates=ShardedListAndWatch=true}.
	 * @param flags the flags, which override those of this class
	 * @return this launcher
	 */
	public ApiServerLauncher flags(String... flags) {
		this.flags = List.of(flags);
		return this;
	}

	/**
	 * Start etcd and the API server and wait until the API server is ready.
	 * @return this launcher
	 * @throws IllegalStateException if one of them does not start; the message has the
	 * end of its log
	 */
	public ApiServerLauncher start() {
		Assert.state(this.folder == null, "Started already");
		try {
			Path folder = Files.createTempDirectory("kube-apiserver-");
			this.folder = folder;
			Files.writeString(folder.resolve("tokens.csv"),
					"%s,admin,admin,\"system:masters\"%n%s,powerless,powerless%n".formatted(this.adminToken,
							this.powerlessToken));
			Files.write(folder.resolve("clients.crt"), this.clientAuthority.pem());
			writeServiceAccountKeys(folder);
			startEtcd(folder);
			this.port = freePort();
			startApiServer();
		}
		catch (IOException ex) {
			close();
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
		return this;
	}

	/**
	 * Start the API server again after {@link #stopApiServer()}, on the same port, with
	 * the same etcd and thus the same objects, and wait until it is ready.
	 * @throws IllegalStateException if it does not start
	 */
	public void startApiServer() {
		Path folder = requireFolder();
		Assert.state(this.apiServer == null, "The API server is running");
		LaunchedProcess process = LaunchedProcess.start(folder.resolve("kube-apiserver.log"), apiServerCommand(folder));
		this.apiServer = process;
		awaitReady(process);
	}

	/**
	 * Kill the API server, as a crash would. Etcd goes on.
	 */
	public void stopApiServer() {
		if (this.apiServer != null) {
			this.apiServer.kill(STOP_TIMEOUT);
			this.apiServer = null;
		}
	}

	/**
	 * Kill the API server, start it again and wait until it is ready.
	 */
	public void restartApiServer() {
		stopApiServer();
		startApiServer();
	}

	/**
	 * Stop the API server by a signal, without ending it: its connections stay open, and
	 * nobody answers. Needs the program {@code kill}.
	 */
	public void pauseApiServer() {
		if (this.apiServer != null) {
			this.apiServer.signal("STOP");
		}
	}

	/**
	 * Let the API server go on after {@link #pauseApiServer()}.
	 */
	public void resumeApiServer() {
		if (this.apiServer != null) {
			this.apiServer.signal("CONT");
		}
	}

	/**
	 * Have etcd forget all states but the present one, so that lists and watches that go
	 * on from earlier ones end with 410 unless the API server remembers them itself; one
	 * that is started afterwards does not.
	 * @throws IllegalStateException if etcd refuses
	 */
	public void compactHistory() {
		requireFolder();
		EtcdHistory.at(URI.create("http://127.0.0.1:" + this.etcdPort)).compact();
	}

	/**
	 * Kill both programs and delete their data.
	 */
	@Override
	public void close() {
		stopApiServer();
		if (this.etcd != null) {
			this.etcd.kill(STOP_TIMEOUT);
			this.etcd = null;
		}
		Path folder = this.folder;
		this.folder = null;
		if (folder != null) {
			try {
				FileSystemUtils.deleteRecursively(folder);
			}
			catch (IOException ex) {
				logger.warn("Could not delete " + folder, ex);
			}
		}
	}

	/**
	 * Where the API server listens.
	 * @return the URL, such as {@code https://127.0.0.1:40001}
	 * @throws IllegalStateException if nothing was started
	 */
	public URI url() {
		requireFolder();
		return URI.create("https://127.0.0.1:" + this.port);
	}

	/**
	 * The certificate by which the API server is to be trusted.
	 * @return the file, in PEM
	 * @throws IllegalStateException if nothing was started
	 */
	public Path certificateAuthority() {
		return requireFolder().resolve("certs").resolve("apiserver.crt");
	}

	/**
	 * The bearer token of the administrator.
	 * @return the token
	 */
	public String adminToken() {
		return this.adminToken;
	}

	/**
	 * The bearer token of the user without rights.
	 * @return the token
	 */
	public String powerlessToken() {
		return this.powerlessToken;
	}

	/**
	 * A configuration for clients of the administrator.
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if nothing was started
	 */
	public ClientConfiguration clientConfiguration() {
		return clientConfiguration(this.adminToken);
	}

	/**
	 * A configuration for clients of the user without rights.
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if nothing was started
	 */
	public ClientConfiguration powerlessClientConfiguration() {
		return clientConfiguration(this.powerlessToken);
	}

	/**
	 * A configuration for clients of the bearer of a token, such as one of a service
	 * account.
	 * @param token the bearer token
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if nothing was started
	 */
	public ClientConfiguration clientConfiguration(String token) {
		return clientConfiguration(tls(), new Credentials.BearerToken(token));
	}

	/**
	 * A configuration for clients of any user, who is known by a certificate made for it.
	 * @param user the name of the user
	 * @param groups the groups of the user, such as {@code system:masters}
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if nothing was started
	 */
	public ClientConfiguration clientConfigurationByCertificate(String user, String... groups) {
		return clientConfiguration(this.clientAuthority.issue(user, groups).identify(tls()), Credentials.none());
	}

	/**
	 * The authority whose certificates the API server accepts.
	 */
	ClientAuthority clientAuthority() {
		return this.clientAuthority;
	}

	/**
	 * A kubeconfig of the administrator, for programs such as {@code kubectl}.
	 * @return the text of the file
	 * @throws IllegalStateException if nothing was started
	 */
	public String kubeconfig() {
		return kubeconfigs().withToken(this.adminToken);
	}

	/**
	 * A kubeconfig of any user, who is known by a certificate made for it.
	 * @param user the name of the user
	 * @param groups the groups of the user, such as {@code system:masters}
	 * @return the text of the file
	 * @throws IllegalStateException if nothing was started
	 */
	public String kubeconfigByCertificate(String user, String... groups) {
		return kubeconfigs().withCertificate(this.clientAuthority.issue(user, groups));
	}

	@Override
	public String toString() {
		return "ApiServerLauncher of " + this.assets;
	}

	private ClientConfiguration clientConfiguration(TlsConfiguration tls, Credentials credentials) {
		return ClientConfiguration.builder()
			.server(url())
			.tls(tls)
			.credentials(credentials)
			.source("API server launched from " + this.assets)
			.build();
	}

	private Kubeconfigs kubeconfigs() {
		try {
			return new Kubeconfigs("real", url(), Files.readAllBytes(certificateAuthority()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private TlsConfiguration tls() {
		return TlsConfiguration.defaults()
			.withCertificateAuthority(PemSource.file("certificate of the API server", certificateAuthority()));
	}

	private Path requireFolder() {
		Path folder = this.folder;
		Assert.state(folder != null, "Not started");
		return folder;
	}

	private void startEtcd(Path folder) throws IOException {
		this.etcdPort = freePort();
		String client = "http://127.0.0.1:" + this.etcdPort;
		String peer = "http://127.0.0.1:" + freePort();
		this.etcd = LaunchedProcess.start(folder.resolve("etcd.log"),
				List.of(this.etcdProgram.toString(), "--data-dir=" + folder.resolve("etcd"),
						"--listen-client-urls=" + client, "--advertise-client-urls=" + client,
						"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer,
						"--initial-cluster=default=" + peer));
	}

	private List<String> apiServerCommand(Path folder) {
		List<String> command = new ArrayList<>(
				List.of(this.apiServerProgram.toString(), "--etcd-servers=http://127.0.0.1:" + this.etcdPort,
						"--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--secure-port=" + this.port,
						"--cert-dir=" + folder.resolve("certs"), "--token-auth-file=" + folder.resolve("tokens.csv"),
						"--client-ca-file=" + folder.resolve("clients.crt"), "--authorization-mode=RBAC",
						"--service-account-issuer=https://kubernetes.default.svc",
						"--service-account-signing-key-file=" + folder.resolve("service-account.key"),
						"--service-account-key-file=" + folder.resolve("service-account.pub"), "--api-audiences=api",
						"--service-cluster-ip-range=10.0.0.0/24", "--disable-admission-plugins=ServiceAccount",
						"--allow-privileged=true"));
		command.addAll(this.flags);
		return command;
	}

	private void awaitReady(LaunchedProcess process) {
		long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
		while (System.nanoTime() < deadline) {
			if (process.hasExited(POLL_INTERVAL)) {
				throw new IllegalStateException("The API server did not start:\n" + process.logTail());
			}
			if (Files.exists(certificateAuthority()) && isReady()) {
				return;
			}
		}
		throw new IllegalStateException(
				"The API server was not ready after %d s:%n%s".formatted(START_TIMEOUT.toSeconds(), process.logTail()));
	}

	private boolean isReady() {
		try {
			HttpClient client = HttpClient.newBuilder().sslContext(sslContext(certificateAuthority())).build();
			HttpRequest request = HttpRequest.newBuilder(url().resolve("/readyz"))
				.header("Authorization", "Bearer " + this.adminToken)
				.timeout(Duration.ofSeconds(5))
				.build();
			return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the API server", ex);
		}
		catch (IOException | GeneralSecurityException ex) {
			logger.debug("The API server is not ready yet", ex);
			return false;
		}
	}

	/**
	 * A context that trusts one certificate.
	 * @param certificateFile the certificate in PEM
	 * @return the context
	 */
	static SSLContext sslContext(Path certificateFile) throws IOException, GeneralSecurityException {
		CertificateFactory certificates = CertificateFactory.getInstance("X.509");
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		try (InputStream in = Files.newInputStream(certificateFile)) {
			int index = 0;
			for (Certificate certificate : certificates.generateCertificates(in)) {
				trusted.setCertificateEntry("certificate-" + index++, certificate);
			}
		}
		TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trustManagers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trustManagers.getTrustManagers(), null);
		return context;
	}

	private static void writeServiceAccountKeys(Path folder) throws IOException {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			KeyPair keys = generator.generateKeyPair();
			Files.write(folder.resolve("service-account.key"), CertificateWriter.pem("PRIVATE KEY", keys.getPrivate()));
			Files.write(folder.resolve("service-account.pub"), CertificateWriter.pem("PUBLIC KEY", keys.getPublic()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java cannot make RSA keys", ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
