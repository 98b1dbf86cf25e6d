package io.github.k8sclient.auth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.k8sclient.auth.ExecPluginCall.Outcome;
import io.github.k8sclient.config.CapturedLog;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.ExecPlugin.InteractiveMode;
import io.github.k8sclient.config.ExecPolicy;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.tls.TlsFiles;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Credential plugins, with real processes.
 */
@DisabledOnOs(OS.WINDOWS)
class ExecAuthenticatorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration LONG = Duration.ofMinutes(5);

	private final SettableClock clock = new SettableClock();

	private final Queue<ExecPluginCall> calls = new ConcurrentLinkedQueue<>();

	private Duration execTimeout = LONG;

	private boolean terminal;

	@TempDir
	private Path folder;

	private Path script;

	@BeforeEach
	void setUp() {
		this.script = this.folder.resolve("plugin");
	}

	@Test
	void sendsTokenThatPluginPrints() {
		assertThat(authenticator(Scripts.printToken("abc")).authenticate().block(TIMEOUT)).satisfies((proof) -> {
			assertThat(proof.header()).isEqualTo("Bearer abc");
			assertThat(proof.identity()).isNull();
			assertThat(proof.toString()).doesNotContain("abc");
		});
	}

	@Test
	void showsClientCertificateThatPluginPrints() {
		Authentication proof = authenticator(Scripts.print(certificate("client-ec.crt", "client-ec.key")))
			.authenticate()
			.block(TIMEOUT);

		assertThat(proof.header()).isNull();
		assertThat(proof.identity()).extracting(ClientIdentity::certificate)
			.isEqualTo(TlsConfiguration.defaults()
				.withCertificateAuthority(TlsFiles.pem("client-ec.crt"))
				.readCertificateAuthorities()
				.get(0));
	}

	@ParameterizedTest
	@ValueSource(strings = { ExecPlugin.V1, ExecPlugin.V1BETA1 })
	void tellsPluginWhatItIsAskedFor(String version) throws IOException {
		Scripts.write(this.script, "echo \"$KUBERNETES_EXEC_INFO\" > info\n"
				+ Scripts.printToken("abc").replace(ExecPlugin.V1 + "\"", version + "\""));
		ExecPlugin plugin = new ExecPlugin(version, this.script.toString(), List.of(), Map.of(), InteractiveMode.NEVER,
				false, null, null);

		assertThat(authenticator(plugin, UnaryOperator.identity()).authenticate().block(TIMEOUT).token())
			.isEqualTo("abc");

		assertThat(info())
			.isEqualTo(Map.of("kind", "ExecCredential", "apiVersion", version, "spec", Map.of("interactive", false)));
	}

	@Test
	void tellsPluginAboutClusterWhenItWants() throws IOException {
		Scripts.write(this.script, "echo \"$KUBERNETES_EXEC_INFO\" > info\n" + Scripts.printToken("abc"));
		ExecPlugin plugin = new ExecPlugin(ExecPlugin.V1, this.script.toString(), List.of(), Map.of(),
				InteractiveMode.NEVER, true, Map.of("audience", "me"), null);

		authenticator(plugin,
				(builder) -> builder.server(URI.create("https://api:6443"))
					.proxy(URI.create("http://proxy:3128"))
					.compression(false)
					.tls(TlsConfiguration.defaults()
						.withCertificateAuthority(TlsFiles.pem("ca.crt"))
						.withServerName("kubernetes")))
			.authenticate()
			.block(TIMEOUT);

		assertThat(info().get("spec")).isEqualTo(Map.of("interactive", false, "cluster",
				Map.of("server", "https://api:6443", "tls-server-name", "kubernetes", "certificate-authority-data",
						Base64.getEncoder().encodeToString(TlsFiles.bytes("ca.crt")), "proxy-url", "http://proxy:3128",
						"disable-compression", true, "config", Map.of("audience", "me"))));
	}

	@Test
	void pluginGetsArgumentsAndVariablesAndThoseOfThisProcess() {
		Scripts.write(this.script,
				"test -n \"$PATH\" || exit 1\n"
						+ "printf '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", "
						+ "\"status\": {\"token\": \"%s-%s-%s\"}}' \"$1\" \"$2\" \"$PROFILE\"");
		ExecPlugin plugin = new ExecPlugin(ExecPlugin.V1, this.script.toString(), List.of("get", "a b"),
				Map.of("PROFILE", "dev"), InteractiveMode.NEVER, false, null, null);

		assertThat(authenticator(plugin, UnaryOperator.identity()).authenticate().block(TIMEOUT).token())
			.isEqualTo("get-a b-dev");
	}

	@Test
	void pluginReadsNothingFromStandardInput() {
		assertThat(authenticator("cat\n" + Scripts.printToken("abc")).authenticate().block(TIMEOUT).token())
			.isEqualTo("abc");
	}

	@Test
	void runsPluginAgainWhenCredentialsHaveExpired() {
		Authenticator authenticator = authenticator(Scripts.count() + "\n"
				+ Scripts.print("\"token\": \"$n\", \"expirationTimestamp\": \"2026-01-01T01:00:00+01:00\""));

		assertThat(token(authenticator)).isEqualTo("1");
		assertThat(token(authenticator)).isEqualTo("1");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(token(authenticator)).isEqualTo("2");
	}

	@Test
	void keepsCredentialsWithoutExpiry() {
		Authenticator authenticator = counting();

		assertThat(token(authenticator)).isEqualTo("1");
		this.clock.advance(Duration.ofDays(1000));
		assertThat(token(authenticator)).isEqualTo("1");
	}

	@Test
	void warnsOfCredentialsThatHaveExpiredBeforeUse() {
		Authenticator authenticator = authenticator(
				Scripts.print("\"token\": \"secret\", \"expirationTimestamp\": \"2025-12-31T23:59:59Z\""));

		try (CapturedLog log = CapturedLog.of(ExecAuthenticator.class)) {
			assertThat(token(authenticator)).isEqualTo("secret");
			assertThat(log.warnings()).singleElement()
				.asString()
				.contains(this.script.toString(), "expired at 2025-12-31T23:59:59Z")
				.doesNotContain("secret");
		}
	}

	@Test
	void callersShareOneRun() {
		Authenticator authenticator = authenticator(
				"until test -e go; do :; done\n" + Scripts.count() + "\n" + Scripts.printToken("$n"));
		Mono<List<String>> tokens = Flux.range(0, 20)
			.flatMap((i) -> authenticator.authenticate().map(Authentication::token), 20)
			.collectList()
			.cache();
		Disposable subscription = tokens.subscribe();

		touch("go");

		assertThat(tokens.block(TIMEOUT)).hasSize(20).containsOnly("1");
		assertThat(subscription.isDisposed()).isTrue();
	}

	@Test
	void callerThatGivesUpDoesNotSpoilTheRunForOthers() {
		Authenticator authenticator = authenticator(
				"until test -e go; do :; done\n" + Scripts.count() + "\n" + Scripts.printToken("$n"));
		authenticator.authenticate().subscribe().dispose();
		Mono<String> other = authenticator.authenticate().map(Authentication::token).cache();
		Disposable subscription = other.subscribe();

		touch("go");

		assertThat(other.block(TIMEOUT)).isEqualTo("1");
		assertThat(subscription.isDisposed()).isTrue();
	}

	@Test
	void refusalMakesPluginRunAgainOncePerCredential() {
		Authenticator authenticator = counting();
		Authentication first = authenticator.authenticate().block(TIMEOUT);

		assertThat(authenticator.invalidate(first)).isTrue();
		assertThat(token(authenticator)).isEqualTo("2");
		assertThat(authenticator.invalidate(first)).isTrue();
		assertThat(token(authenticator)).isEqualTo("2");
	}

	@Test
	void hangingPluginIsKilledWithItsChildren() throws Exception {
		this.execTimeout = Duration.ofSeconds(1);
		Authenticator authenticator = authenticator("sleep 1000 & echo $! > child\necho $$ > pid\nwait");

		assertFails(authenticator).withMessageContaining("did not end within PT1S and was killed");

		assertEnds("pid");
		assertEnds("child");
	}

	@Test
	void closingKillsPluginAndEndsWhoWaitsForIt() throws Exception {
		Authenticator authenticator = authenticator("echo $$ > pid\nmkfifo ready; echo > ready\nsleep 1000");
		Mono<Authentication> waiting = authenticator.authenticate().cache();
		Disposable subscription = waiting.subscribe((proof) -> {
		}, (ex) -> {
		});
		awaitFifo("ready");

		authenticator.close();

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> waiting.block(TIMEOUT))
			.withMessageContaining("the client has been closed");
		assertThat(subscription.isDisposed()).isTrue();
		assertEnds("pid");
	}

	@Test
	void doesNotWaitForWhatPluginLeavesBehind() throws Exception {
		Authenticator authenticator = authenticator("sleep 1000 & echo $! > child\n" + Scripts.printToken("abc"));

		assertThat(token(authenticator)).isEqualTo("abc");

		ProcessHandle child = process("child");
		assertThat(child.isAlive()).isTrue();
		child.destroyForcibly();
	}

	@Test
	void logsMessagesOfPluginHoweverManyThereAre() {
		Authenticator authenticator = authenticator("echo 'Session is about to expire' >&2\n"
				+ "head -c 200000 /dev/zero | tr '\\0' 'x' >&2\n" + Scripts.printToken("abc"));

		try (CapturedLog log = CapturedLog.of(ExecAuthenticator.class)) {
			assertThat(token(authenticator)).isEqualTo("abc");
			assertThat(log.warnings()).singleElement()
				.asString()
				.contains(this.script.toString(), "Session is about to expire")
				.hasSizeLessThan(10_000);
		}
	}

	@Test
	void failingPluginNamesExitCode() {
		assertFails(authenticator("exit 7")).withMessageContaining(this.script.toString())
			.withMessageContaining("failed with exit code 7");
	}

	@Test
	void failureIsNotKept() {
		Authenticator authenticator = authenticator("test -e go || exit 1\n" + Scripts.printToken("abc"));
		assertFails(authenticator).withMessageContaining("exit code 1");

		touch("go");

		assertThat(token(authenticator)).isEqualTo("abc");
	}

	@Test
	void missingPluginShowsInstallHint() {
		ExecPlugin plugin = new ExecPlugin(ExecPlugin.V1, "no-such-plugin", List.of(), Map.of(), InteractiveMode.NEVER,
				false, null, "Install it with 'apt install no-such-plugin'.");

		assertFails(authenticator(plugin, UnaryOperator.identity()))
			.withMessageContaining("The credential plugin no-such-plugin was not found")
			.withMessageContaining("Install it with 'apt install no-such-plugin'.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			secret garbage                              | printed something else than a JSON object
			''                                          | printed something else than a JSON object
			["secret"]                                  | printed something else than a JSON object
			{"token": "secret"}                         | printed an object of the kind null, not ExecCredential
			{"kind": "ExecCredential", "apiVersion": 1} | printed apiVersion that is no text
			""")
	void refusesWhatIsNoCredential(String output, String message) {
		assertFails(authenticator("cat <<'END'\n" + output + "\nEND")).withMessageContaining(message)
			.withMessageNotContaining("secret");
	}

	@Test
	void refusesAnotherVersionThanTheConfiguredOne() {
		assertFails(authenticator(Scripts.printToken("secret").replace(ExecPlugin.V1, ExecPlugin.V1BETA1)))
			.withMessageContaining("is configured to use the API version " + ExecPlugin.V1 + ", but printed "
					+ "ExecCredential of " + ExecPlugin.V1BETA1)
			.withMessageNotContaining("secret");
	}

	@Test
	void refusesCredentialWithoutStatus() {
		assertFails(authenticator(Scripts.printToken("secret").replace("status", "state")))
			.withMessageContaining("printed no status")
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			                                                 | neither a token nor a client certificate
			"token": ""                                      | neither a token nor a client certificate
			"token": 42                                      | printed token that is no text
			"clientCertificateData": "secret"                | a certificate or a key, but not both
			"clientKeyData": "secret"                        | a certificate or a key, but not both
			"clientCertificateData": "s", "clientKeyData": 1 | printed clientKeyData that is no text
			"clientCertificateData": "s", "clientKeyData": "s" | clientCertificateData of the credential plugin
			"token": "secret", "expirationTimestamp": "soon" | an expirationTimestamp that is no time
			""")
	void refusesCredentialThatIsNotWhole(String status, String message) {
		assertFails(authenticator(Scripts.print((status != null) ? status : ""))).withMessageContaining(message)
			.withMessageNotContaining("secret");
	}

	@Test
	void refusesKeyOfAnotherCertificate() {
		assertFails(authenticator(Scripts.print(certificate("client-ec.crt", "client-rsa.key"))))
			.withMessageContaining("is not the key of");
	}

	@Test
	void refusesEndlessOutput() {
		assertFails(authenticator("head -c 3000000 /dev/zero")).withMessageContaining("more than credentials can have");
	}

	@Test
	void tellsPluginWhetherThereIsTerminal() throws IOException {
		this.terminal = true;
		Scripts.write(this.script, "echo \"$KUBERNETES_EXEC_INFO\" > info\n" + Scripts.printToken("abc"));

		authenticator(plugin(InteractiveMode.IF_AVAILABLE), UnaryOperator.identity()).authenticate().block(TIMEOUT);

		assertThat(info().get("spec")).isEqualTo(Map.of("interactive", true));
	}

	@Test
	void doesWithoutTerminalWhenPluginCan() throws IOException {
		Scripts.write(this.script, "echo \"$KUBERNETES_EXEC_INFO\" > info\n" + Scripts.printToken("abc"));

		authenticator(plugin(InteractiveMode.IF_AVAILABLE), UnaryOperator.identity()).authenticate().block(TIMEOUT);

		assertThat(info().get("spec")).isEqualTo(Map.of("interactive", false));
	}

	@Test
	void doesNotRunPluginThatNeedsTerminalWithoutOne() {
		Scripts.write(this.script, "touch ran");

		assertFails(authenticator(plugin(InteractiveMode.ALWAYS), UnaryOperator.identity()))
			.withMessageContaining("the standard input of this process is not a terminal");
		assertThat(this.folder.resolve("ran")).doesNotExist();
	}

	@Test
	void policyIsCheckedBeforeAnythingIsRun() {
		Scripts.write(this.script, "touch ran");

		assertFails(
				authenticator(plugin(InteractiveMode.NEVER), (builder) -> builder.execPolicy(ExecPolicy.allow("aws"))))
			.withMessageContaining("may not be run: it is not in the allowlist [aws]")
			.withMessageContaining("execPolicy");
		assertThat(this.folder.resolve("ran")).doesNotExist();
	}

	@Test
	void policyThatDeniesAllFailsBeforeTheFirstRequest() {
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create("https://api"))
			.execPolicy(ExecPolicy.denyAll())
			.build();

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> ExecAuthenticator.create(plugin(InteractiveMode.NEVER), configuration, this.calls::add))
			.withMessageContaining("no credential plugin is allowed")
			.withMessageContaining("execPolicy");
	}

	@Test
	void listenerLearnsWhatBecomesOfEachCall() {
		ExecPlugin plugin = plugin(InteractiveMode.NEVER);
		ExecPlugin missing = ExecPlugin.of(this.folder.resolve("missing").toString());

		token(authenticator(Scripts.print("\"token\": \"abc\", \"expirationTimestamp\": \"2030-01-02T03:04:05Z\"")));
		assertFails(authenticator("exit 3"));
		assertFails(authenticator("echo nonsense"));
		assertFails(authenticator(missing, UnaryOperator.identity()));
		assertFails(authenticator(plugin, (builder) -> builder.execPolicy(ExecPolicy.allow("other"))));

		assertThat(this.calls).containsExactly(
				new ExecPluginCall(plugin, Outcome.SUCCESS, Instant.parse("2030-01-02T03:04:05Z")),
				new ExecPluginCall(plugin, Outcome.FAILURE, null), new ExecPluginCall(plugin, Outcome.FAILURE, null),
				new ExecPluginCall(missing, Outcome.NOT_FOUND, null), new ExecPluginCall(plugin, Outcome.DENIED, null));
	}

	@Test
	void listenerIsNotCalledForCredentialsThatAreKept() {
		Authenticator authenticator = authenticator(Scripts.printToken("abc"));

		token(authenticator);
		token(authenticator);

		assertThat(this.calls).extracting(ExecPluginCall::outcome).containsExactly(Outcome.SUCCESS);
	}

	@Test
	void credentialsEndWithTheirCertificate() {
		Instant notAfter = authenticator(Scripts.print(certificate("client-ec.crt", "client-ec.key"))).authenticate()
			.block(TIMEOUT)
			.identity()
			.certificate()
			.getNotAfter()
			.toInstant();
		authenticator(Scripts.print(
				certificate("client-ec.crt", "client-ec.key") + ", \"expirationTimestamp\": \"9999-01-01T00:00:00Z\""))
			.authenticate()
			.block(TIMEOUT);
		authenticator(Scripts.print(
				certificate("client-ec.crt", "client-ec.key") + ", \"expirationTimestamp\": \"2001-01-01T00:00:00Z\""))
			.authenticate()
			.block(TIMEOUT);

		assertThat(this.calls).extracting(ExecPluginCall::expiry)
			.containsExactly(notAfter, notAfter, Instant.parse("2001-01-01T00:00:00Z"));
	}

	private Authenticator counting() {
		return authenticator(Scripts.count() + "\n" + Scripts.printToken("$n"));
	}

	private Authenticator authenticator(String body) {
		Scripts.write(this.script, body);
		return authenticator(plugin(InteractiveMode.NEVER), UnaryOperator.identity());
	}

	private ExecPlugin plugin(InteractiveMode mode) {
		return new ExecPlugin(ExecPlugin.V1, this.script.toString(), List.of(), Map.of(), mode, false, null, null);
	}

	private Authenticator authenticator(ExecPlugin plugin, UnaryOperator<ClientConfiguration.Builder> customizer) {
		ClientConfiguration configuration = customizer
			.apply(ClientConfiguration.builder().server(URI.create("https://api")).execTimeout(this.execTimeout))
			.build();
		PluginGuard guard = new PluginGuard(configuration.execPolicy(), Executables.of(System.getenv(), false));
		return new ExecAuthenticator(plugin, configuration, guard, () -> this.terminal, this.clock,
				Schedulers.boundedElastic(), this.calls::add);
	}

	private static String token(Authenticator authenticator) {
		return authenticator.authenticate().block(TIMEOUT).token();
	}

	private ThrowableAssertAlternative<ConfigurationException> assertFails(Authenticator authenticator) {
		return assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> authenticator.authenticate().block(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

	private static String certificate(String certificate, String key) {
		List<String> members = new ArrayList<>();
		members.add("\"clientCertificateData\": " + json(TlsFiles.bytes(certificate)));
		members.add("\"clientKeyData\": " + json(TlsFiles.bytes(key)));
		return String.join(", ", members);
	}

	private static String json(byte[] text) {
		return JsonMapper.shared().writeValueAsString(new String(text));
	}

	private Map<?, ?> info() throws IOException {
		return JsonMapper.shared().readValue(Files.readString(this.folder.resolve("info")), Map.class);
	}

	private void touch(String name) {
		try {
			Files.createFile(this.folder.resolve(name));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void awaitFifo(String name) throws Exception {
		Process reader = new ProcessBuilder("sh", "-c", "until test -p " + name + "; do :; done; cat " + name)
			.directory(this.folder.toFile())
			.start();
		assertThat(reader.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	private ProcessHandle process(String file) throws IOException {
		long pid = Long.parseLong(Files.readString(this.folder.resolve(file)).strip());
		return ProcessHandle.of(pid).orElseThrow();
	}

	private void assertEnds(String file) throws Exception {
		long pid = Long.parseLong(Files.readString(this.folder.resolve(file)).strip());
		ProcessHandle process = ProcessHandle.of(pid).orElse(null);
		if (process != null) {
			process.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
	}

}
