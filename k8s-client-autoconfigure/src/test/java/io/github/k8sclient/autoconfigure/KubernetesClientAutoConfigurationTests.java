package io.github.k8sclient.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.auth.TokenProvider;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.config.ExecPolicy;
import io.github.k8sclient.config.Impersonation;
import io.github.k8sclient.config.UserAgent;
import io.github.k8sclient.discovery.DiscoveryCache;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.OpenApiClient;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.metadata.MetadataClient;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.scale.ScaleClient;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import io.github.k8sclient.transport.KubernetesTransport;
import io.github.k8sclient.watch.WatchEvent;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KubernetesClientAutoConfiguration}.
 */
class KubernetesClientAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KubernetesClientAutoConfiguration.class, SslAutoConfiguration.class));

	private final MockWebServer server = new MockWebServer();

	@TempDir
	private @Nullable Path folder;

	@BeforeEach
	void startServer() throws IOException {
		this.server.start();
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void configuresClientsFromKubeconfig() {
		withKubeconfig().run((context) -> {
			assertThat(context).hasSingleBean(KubernetesConnectionDetails.class)
				.hasSingleBean(KubernetesTransport.class)
				.hasSingleBean(RESTClient.class)
				.hasSingleBean(Clientset.class)
				.hasSingleBean(DynamicClient.class)
				.hasSingleBean(MetadataClient.class)
				.hasSingleBean(ScaleClient.class)
				.hasSingleBean(RESTMapper.class)
				.hasSingleBean(OpenApiClient.class)
				.hasSingleBean(DiscoveryCache.class)
				.hasSingleBean(DiscoveryClient.class);
			ClientConfiguration configuration = context.getBean(ClientConfiguration.class);
			assertThat(configuration.server()).isEqualTo(serverUrl());
			assertThat(configuration.context()).isEqualTo("one");
			assertThat(configuration.namespace()).isEqualTo("web");
			assertThat(configuration.source()).contains(kubeconfig().toString());
		});
	}

	@Test
	void makesNoRequestAtStart() {
		withKubeconfig().run((context) -> assertThat(this.server.getRequestCount()).isZero());
	}

	@Test
	void propertyDefaultsAreThoseOfTheClient() {
		ClientConfiguration expected = ClientConfiguration.builder().server(serverUrl()).build();
		withKubeconfig().run((context) -> {
			ClientConfiguration configuration = context.getBean(ClientConfiguration.class);
			assertThat(configuration.contentType()).isEqualTo(expected.contentType());
			assertThat(configuration.connectTimeout()).isEqualTo(expected.connectTimeout());
			assertThat(configuration.responseTimeout()).isEqualTo(expected.responseTimeout());
			assertThat(configuration.userAgent()).isEqualTo(expected.userAgent());
			assertThat(configuration.qps()).isEqualTo(expected.qps());
			assertThat(configuration.burst()).isEqualTo(expected.burst());
			assertThat(configuration.impersonation()).isNull();
		});
	}

	@Test
	void propertiesSayHowTheClientBehaves() {
		withKubeconfig()
			.withPropertyValues("k8s.client.context=two", "k8s.client.namespace=shop", "k8s.client.content-type=json",
					"k8s.client.connect-timeout=2s", "k8s.client.response-timeout=20s", "k8s.client.user-agent=demo/1",
					"k8s.client.qps=2.5", "k8s.client.burst=4")
			.run((context) -> {
				ClientConfiguration configuration = context.getBean(ClientConfiguration.class);
				assertThat(configuration.context()).isEqualTo("two");
				assertThat(configuration.namespace()).isEqualTo("shop");
				assertThat(configuration.contentType()).isEqualTo(ContentTypePreference.JSON);
				assertThat(configuration.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(configuration.responseTimeout()).isEqualTo(Duration.ofSeconds(20));
				assertThat(configuration.userAgent()).isEqualTo("demo/1");
				assertThat(configuration.qps()).isEqualTo(2.5f);
				assertThat(configuration.burst()).isEqualTo(4);
			});
	}

	@Test
	void failsForBurstThatLetsNothingPass() {
		withKubeconfig().withPropertyValues("k8s.client.burst=0")
			.run((context) -> assertThat(cause(context, FailureAnalyzedException.class).analysis().getDescription())
				.contains("'k8s.client.burst' is 0"));
	}

	@Test
	void masterUrlReplacesServerOfKubeconfig() {
		withKubeconfig().withPropertyValues("k8s.client.master-url=http://127.0.0.1:" + this.server.getPort() + "/k8s")
			.run((context) -> assertThat(context.getBean(ClientConfiguration.class).server())
				.isEqualTo(URI.create("http://127.0.0.1:" + this.server.getPort() + "/k8s")));
	}

	@Test
	void userAgentIsMadeFromNameAndVersionOfTheApplication() {
		withKubeconfig().withPropertyValues("spring.application.name=shop", "spring.application.version=1.2")
			.run((context) -> assertThat(context.getBean(ClientConfiguration.class).userAgent())
				.isEqualTo(UserAgent.of("shop", "1.2")));
	}

	@Test
	void propertiesSayAsWhomToAct() {
		withKubeconfig()
			.withPropertyValues("k8s.client.impersonate.user=alice", "k8s.client.impersonate.uid=42",
					"k8s.client.impersonate.groups=dev,ops", "k8s.client.impersonate.extra.scopes=view,edit")
			.run((context) -> assertThat(context.getBean(ClientConfiguration.class).impersonation())
				.isEqualTo(new Impersonation("alice", "42", List.of("dev", "ops"),
						Map.of("scopes", List.of("view", "edit")))));
	}

	@Test
	void failsForImpersonationOfGroupWithoutUser() {
		withKubeconfig().withPropertyValues("k8s.client.impersonate.groups=dev")
			.run((context) -> assertThat(cause(context, FailureAnalyzedException.class).analysis().getDescription())
				.contains("'k8s.client.impersonate.user' is not"));
	}

	@Test
	void failsForMissingKubeconfigWithItsPath() {
		this.contextRunner.withPropertyValues("k8s.client.kubeconfig=/nowhere/config").run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains("/nowhere/config");
			assertThat(analysis.getAction()).isNotBlank();
		});
	}

	@Test
	void failsForUnknownContextWithThoseThereAre() {
		withKubeconfig().withPropertyValues("k8s.client.context=three").run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains("three");
			assertThat(analysis.getDescription() + analysis.getAction()).contains("one", "two");
		});
	}

	@Test
	void failsForCertificateThatCannotBeRead() {
		this.contextRunner
			.withPropertyValues(
					"k8s.client.kubeconfig=" + write("bad", "https://localhost:1", "certificate-authority: ca.crt"))
			.run((context) -> assertThat(analyze(context).getDescription()).contains("certificate-authority",
					"ca.crt"));
	}

	@Test
	void connectionDetailsBeanReplacesKubeconfig() {
		this.contextRunner.withPropertyValues("k8s.client.kubeconfig=/nowhere/config", "k8s.client.namespace=shop")
			.withBean(KubernetesConnectionDetails.class, () -> this::connection)
			.run((context) -> {
				assertThat(context).hasSingleBean(KubernetesConnectionDetails.class)
					.doesNotHaveBean(PropertiesKubernetesConnectionDetails.class);
				ClientConfiguration configuration = context.getBean(ClientConfiguration.class);
				assertThat(configuration.server()).isEqualTo(serverUrl());
				assertThat(configuration.namespace()).isEqualTo("shop");
			});
	}

	@Test
	void backsOffForBeansOfTheApplication() {
		withKubeconfig().withUserConfiguration(OwnBeansConfiguration.class).run((context) -> {
			OwnBeansConfiguration own = context.getBean(OwnBeansConfiguration.class);
			assertThat(context.getBean(ClientConfiguration.class)).isSameAs(own.configuration);
			assertThat(context.getBean(KubernetesTransport.class)).isSameAs(own.transport);
			assertThat(context.getBean(RESTClient.class)).isSameAs(own.restClient);
			assertThat(context.getBean(Clientset.class)).isSameAs(own.clientset);
			assertThat(context.getBean(DiscoveryClient.class)).isSameAs(own.discoveryClient);
		});
	}

	@Test
	void backsOffWhenDisabled() {
		this.contextRunner.withPropertyValues("k8s.client.enabled=false", "k8s.client.kubeconfig=/nowhere/config")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ClientConfiguration.class)
				.doesNotHaveBean(RESTClient.class));
	}

	@Test
	void worksWithoutBootsHttpClientModules() {
		withKubeconfig()
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.webclient", "org.springframework.boot.http"))
			.run((context) -> assertThat(context).hasSingleBean(Clientset.class));
	}

	@Test
	void customizersApplyInOrder() {
		this.server.enqueue(version());
		withKubeconfig().withUserConfiguration(CustomizersConfiguration.class).run((context) -> {
			context.getBean(DiscoveryClient.class).serverVersion().block(TIMEOUT);

			assertThat(request().getHeaders().values("X-Filter")).containsExactly("first", "second");
		});
	}

	@Test
	void usesWebClientBuilderOfTheApplication() {
		this.server.enqueue(version());
		withKubeconfig().withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class))
			.withBean(WebClient.Builder.class, () -> WebClient.builder().filter(header("X-Builder", "application")))
			.run((context) -> {
				context.getBean(DiscoveryClient.class).serverVersion().block(TIMEOUT);

				assertThat(request().getHeaders().get("X-Builder")).isEqualTo("application");
			});
	}

	@Test
	void usesEventLoopsOfTheApplication() {
		withKubeconfig().withBean(ReactorResourceFactory.class).run((context) -> {
			LoopResources loops = context.getBean(ReactorResourceFactory.class).getLoopResources();
			KubernetesTransport transport = context.getBean(KubernetesTransport.class);
			assertThat(transport.httpClient().configuration().loopResources()).isSameAs(loops);
			assertThat(transport.watchHttpClient().configuration().loopResources()).isSameAs(loops);
		});
	}

	@Test
	void propertiesSayWhenDeadConnectionsAreGivenUp() {
		useHttps();
		this.contextRunner.withBean(KubernetesConnectionDetails.class, () -> new TokenDetails(connection()))
			.withPropertyValues("k8s.client.http2.ping-interval=5s", "k8s.client.http2.ping-timeout=2s")
			.run((context) -> {
				HttpClientConfig http = context.getBean(KubernetesTransport.class).watchHttpClient().configuration();
				assertThat(http.protocols()).containsExactly(HttpProtocol.H2, HttpProtocol.HTTP11);
				assertThat(http.http2SettingsSpec().pingAckTimeout()).isEqualTo(Duration.ofSeconds(2));
			});
	}

	@Test
	void propertySwitchesHttp2Off() {
		useHttps();
		this.server.enqueue(version());
		this.contextRunner.withBean(KubernetesConnectionDetails.class, () -> new TokenDetails(connection()))
			.withPropertyValues("k8s.client.http2.enabled=false")
			.run((context) -> {
				context.getBean(DiscoveryClient.class).serverVersion().block(TIMEOUT);

				assertThat(request().getVersion()).isEqualTo("HTTP/1.1");
			});
	}

	@Test
	void failsForPingWithoutTime() {
		withKubeconfig().withPropertyValues("k8s.client.http2.ping-interval=0")
			.run((context) -> assertThat(cause(context, FailureAnalyzedException.class).analysis().getDescription())
				.contains("'k8s.client.http2.ping-interval'"));
	}

	@Test
	void readTimeoutOfOtherHttpClientsDoesNotEndWatches() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.headersDelay(500, TimeUnit.MILLISECONDS)
			.body("""
					{"type":"ADDED","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"shop-0"}}}
					""")
			.build());
		withKubeconfig()
			.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class))
			.withPropertyValues("spring.http.clients.read-timeout=100ms")
			.run((context) -> {
				WatchEvent<Pod> event = context.getBean(Clientset.class)
					.coreV1()
					.pods("web")
					.watch(ListOptions.builder().build())
					.blockFirst(TIMEOUT);

				assertThat(event).isInstanceOf(WatchEvent.Added.class);
			});
	}

	@Test
	void sslBundleGivesTrustAndClientCertificate() {
		useHttps();
		this.server.enqueue(version());
		this.contextRunner
			.withPropertyValues("k8s.client.kubeconfig=" + write("https", serverUrl().toString(), ""),
					"k8s.client.ssl.bundle=cluster",
					"spring.ssl.bundle.pem.cluster.truststore.certificate=classpath:ssl/server.crt",
					"spring.ssl.bundle.pem.cluster.keystore.certificate=classpath:ssl/client.crt",
					"spring.ssl.bundle.pem.cluster.keystore.private-key=classpath:ssl/client.key")
			.run((context) -> {
				context.getBean(DiscoveryClient.class).serverVersion().block(TIMEOUT);

				assertThat(request().getHandshake().peerPrincipal()).hasToString("CN=client");
			});
	}

	@Test
	void sslBundleWithoutKeyStoreKeepsClientCertificateOfKubeconfig() throws IOException {
		useHttps();
		this.server.enqueue(version());
		Path kubeconfig = write("https", serverUrl().toString(), "");
		Files.writeString(kubeconfig,
				Files.readString(kubeconfig)
					.replace("user: {}",
							"user: {client-certificate: %s, client-key: %s}".formatted(
									Path.of("src/test/resources/ssl/client.crt").toAbsolutePath(),
									Path.of("src/test/resources/ssl/client.key").toAbsolutePath())));
		this.contextRunner
			.withPropertyValues("k8s.client.kubeconfig=" + kubeconfig, "k8s.client.ssl.bundle=cluster",
					"spring.ssl.bundle.pem.cluster.truststore.certificate=classpath:ssl/server.crt")
			.run((context) -> {
				context.getBean(DiscoveryClient.class).serverVersion().block(TIMEOUT);

				assertThat(request().getHandshake().peerPrincipal()).hasToString("CN=client");
			});
	}

	@Test
	void refusesTrustStoreForServerThatKubeconfigDoesNotCheck() {
		Path kubeconfig = write("https", "https://localhost", "insecure-skip-tls-verify: true");
		this.contextRunner
			.withPropertyValues("k8s.client.kubeconfig=" + kubeconfig, "k8s.client.ssl.bundle=cluster",
					"spring.ssl.bundle.pem.cluster.truststore.certificate=classpath:ssl/server.crt")
			.run((context) -> assertThat(cause(context, ConfigurationException.class))
				.hasMessageContaining("insecure-skip-tls-verify"));
	}

	@Test
	void reloadedSslBundleIsUsedByTheNextRequest() {
		useHttps();
		this.server.enqueue(version());
		this.server.enqueue(version());
		this.contextRunner
			.withPropertyValues("k8s.client.kubeconfig=" + write("https", serverUrl().toString(), ""),
					"k8s.client.ssl.bundle=cluster",
					"spring.ssl.bundle.pem.cluster.truststore.certificate=classpath:ssl/server.crt")
			.run((context) -> {
				RESTClient client = context.getBean(RESTClient.class);
				client.get().absPath("/version").raw().block(TIMEOUT);
				assertThat(request().getHandshake().peerPrincipal()).isNull();

				context.getBean(SslBundleRegistry.class).updateBundle("cluster", sslBundle("client", "server"));
				client.get().absPath("/version").raw().block(TIMEOUT);

				assertThat(request().getHandshake().peerPrincipal()).hasToString("CN=client");
			});
	}

	@Test
	void runsCredentialPluginsUnlessToldOtherwise() {
		withKubeconfig().run((context) -> {
			ClientConfiguration configuration = context.getBean(ClientConfiguration.class);
			assertThat(configuration.execPolicy()).isEqualTo(ExecPolicy.allowAll());
			assertThat(configuration.execTimeout()).isEqualTo(Duration.ofMinutes(2));
		});
	}

	@Test
	void propertiesSayWhichCredentialPluginsMayRun() {
		withKubeconfig()
			.withPropertyValues("k8s.client.exec.policy=allowlist", "k8s.client.exec.allowlist=aws,/usr/bin/kubelogin",
					"k8s.client.exec.timeout=10s")
			.run((context) -> {
				ClientConfiguration configuration = context.getBean(ClientConfiguration.class);
				assertThat(configuration.execPolicy()).isEqualTo(ExecPolicy.allow("aws", "/usr/bin/kubelogin"));
				assertThat(configuration.execTimeout()).isEqualTo(Duration.ofSeconds(10));
			});
	}

	@Test
	void failsForAllowlistThatIsNotUsed() {
		withKubeconfig().withPropertyValues("k8s.client.exec.allowlist=aws")
			.run((context) -> assertThat(cause(context, FailureAnalyzedException.class).analysis().getAction())
				.contains("k8s.client.exec.policy"));
	}

	@Test
	void failsForCredentialPluginThatMayNotRun() throws IOException {
		Path kubeconfig = write("exec", "https://localhost:1", "");
		Files.writeString(kubeconfig, Files.readString(kubeconfig).replace("user: {}", """
				user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Never}}"""));
		this.contextRunner.withPropertyValues("k8s.client.kubeconfig=" + kubeconfig, "k8s.client.exec.policy=deny-all")
			.run((context) -> {
				assertThat(analyze(context).getDescription()).contains("credential plugin aws", "may not be run");
				assertThat(analyze(context).getAction()).contains("k8s.client.exec.policy",
						"k8s.client.exec.allowlist");
			});
	}

	@Test
	void failsForUnknownSslBundle() {
		withKubeconfig().withPropertyValues("k8s.client.ssl.bundle=cluster")
			.run((context) -> assertThat(cause(context, NoSuchSslBundleException.class))
				.hasMessageContaining("cluster"));
	}

	@Test
	void connectionDetailsMayProvideTokens() {
		useHttps();
		this.server.enqueue(version());
		this.contextRunner.withBean(KubernetesConnectionDetails.class, () -> new TokenDetails(connection()))
			.run((context) -> {
				context.getBean(DiscoveryClient.class).serverVersion().block(TIMEOUT);

				assertThat(request().getHeaders().get("Authorization")).isEqualTo("Bearer secret");
			});
	}

	@Test
	void requestUnderWayMayEndWhenTheApplicationIsShutDown() {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch closing = new CountDownLatch(1);
		this.server.setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
				if (request.getTarget().equals("/slow")) {
					arrived.countDown();
					closing.await();
				}
				return new MockResponse(200, Headers.of(), "answer");
			}

		});
		withKubeconfig().withPropertyValues("k8s.client.close-timeout=1m").run((context) -> {
			RESTClient client = context.getBean(RESTClient.class);
			CompletableFuture<byte[]> answer = client.get().absPath("/slow").raw().toFuture();
			arrived.await();

			CompletableFuture<Void> closed = CompletableFuture
				.runAsync(context.getSourceApplicationContext(ConfigurableApplicationContext.class)::close);
			Awaitility.await()
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThatExceptionOfType(KubernetesConnectionException.class)
					.isThrownBy(() -> client.get().absPath("/quick").raw().block(TIMEOUT))
					.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.SHUT_DOWN)));
			assertThat(closed).isNotDone();
			closing.countDown();

			assertThat(answer).succeedsWithin(TIMEOUT).isEqualTo("answer".getBytes(StandardCharsets.UTF_8));
			assertThat(closed).succeedsWithin(TIMEOUT);
		});
	}

	private ApplicationContextRunner withKubeconfig() {
		return this.contextRunner.withPropertyValues("k8s.client.kubeconfig=" + kubeconfig());
	}

	private Path kubeconfig() {
		return write("config", serverUrl().toString(), "");
	}

	private Path write(String name, String server, String clusterEntry) {
		try {
			return Files.writeString(this.folder.resolve(name), """
					apiVersion: v1
					kind: Config
					current-context: one
					contexts:
					- {name: one, context: {cluster: test, user: test, namespace: web}}
					- {name: two, context: {cluster: test, user: test}}
					clusters:
					- name: test
					  cluster:
					    server: %s
					    %s
					users:
					- name: test
					  user: {}
					""".formatted(server, clusterEntry));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void useHttps() {
		this.server.useHttps(sslBundle("server", "client").createSslContext().getSocketFactory());
		this.server.requestClientAuth();
	}

	private static SslBundle sslBundle(String own, String trusted) {
		PemSslStoreDetails keyStore = PemSslStoreDetails.forCertificate("classpath:ssl/" + own + ".crt")
			.withPrivateKey("classpath:ssl/" + own + ".key");
		return SslBundle.of(new PemSslStoreBundle(keyStore,
				PemSslStoreDetails.forCertificate("classpath:ssl/" + trusted + ".crt")));
	}

	private URI serverUrl() {
		return URI.create(this.server.url("").toString().replaceAll("/$", ""));
	}

	private ClientConfiguration connection() {
		return ClientConfiguration.builder().server(serverUrl()).build();
	}

	private RecordedRequest request() {
		try {
			return this.server.takeRequest(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MockResponse version() {
		return new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.0\"}")
			.build();
	}

	private static ExchangeFilterFunction header(String name, String value) {
		return ExchangeFilterFunction.ofRequestProcessor((request) -> Mono
			.just(ClientRequest.from(request).headers((headers) -> headers.add(name, value)).build()));
	}

	private static FailureAnalysis analyze(AssertableApplicationContext context) {
		return new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure(),
				cause(context, ConfigurationException.class));
	}

	private static <E extends Throwable> E cause(AssertableApplicationContext context, Class<E> type) {
		Throwable cause = context.getStartupFailure();
		while (!type.isInstance(cause)) {
			cause = cause.getCause();
		}
		return type.cast(cause);
	}

	private record TokenDetails(ClientConfiguration getClientConfiguration) implements KubernetesConnectionDetails {

		@Override
		public SslBundle getSslBundle() {
			return sslBundle("client", "server");
		}

		@Override
		public TokenProvider getTokenProvider() {
			return TokenProvider.fixed("secret");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizersConfiguration {

		@Bean
		@Order(2)
		RESTClientCustomizer secondCustomizer() {
			return (builder) -> builder.filter(header("X-Filter", "second"));
		}

		@Bean
		@Order(1)
		RESTClientCustomizer firstCustomizer() {
			return (builder) -> builder.filter(header("X-Filter", "first"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeansConfiguration {

		private final ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create("http://localhost:1"))
			.build();

		private final KubernetesTransport transport = KubernetesTransport.create(this.configuration);

		private final RESTClient restClient = mock(RESTClient.class);

		private final Clientset clientset = Clientset.create(this.restClient);

		private final DiscoveryClient discoveryClient = DiscoveryClient.create(this.restClient);

		@Bean
		ClientConfiguration ownConfiguration() {
			return this.configuration;
		}

		@Bean
		KubernetesTransport ownTransport() {
			return this.transport;
		}

		@Bean
		RESTClient ownRestClient() {
			return this.restClient;
		}

		@Bean
		Clientset ownClientset() {
			return this.clientset;
		}

		@Bean
		DiscoveryClient ownDiscoveryClient() {
			return this.discoveryClient;
		}

	}

}
