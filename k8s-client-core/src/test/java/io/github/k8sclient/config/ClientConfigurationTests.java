package io.github.k8sclient.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ClientConfigurationTests {

	@Test
	void hasDefaultsOfClientGo() {
		ClientConfiguration configuration = ClientConfiguration.builder().server(URI.create("https://api")).build();

		assertThat(configuration.namespace()).isEqualTo("default");
		assertThat(configuration.qps()).isZero();
		assertThat(configuration.burst()).isEqualTo(10);
		assertThat(configuration.contentType()).isEqualTo(ContentTypePreference.PROTOBUF);
		assertThat(configuration.connectTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(configuration.compression()).isTrue();
		assertThat(configuration.credentials()).isEqualTo(Credentials.none());
	}

	@Test
	void copyKeepsEverything() {
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create("https://api/prefix"))
			.namespace("team")
			.context("prod")
			.source("the tests")
			.tls(TlsConfiguration.defaults().withServerName("name"))
			.credentials(Credentials.bearerToken("abc"))
			.impersonation(Impersonation.of("jane"))
			.proxy(URI.create("http://proxy:1"))
			.compression(false)
			.connectTimeout(Duration.ofSeconds(1))
			.responseTimeout(Duration.ofSeconds(2))
			.userAgent("demo/1")
			.contentType(ContentTypePreference.JSON)
			.qps(-1)
			.burst(3)
			.build();

		assertThat(configuration.toBuilder().build()).usingRecursiveComparison().isEqualTo(configuration);
	}

	@Test
	void proxyOfEnvironmentCountsUnlessOneIsChosen() {
		ProxyEnvironment environment = new ProxyEnvironment(
				Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "internal"));
		ClientConfiguration.Builder builder = ClientConfiguration.builder()
			.server(URI.create("https://api"))
			.proxies(environment);

		assertThat(builder.build().proxy()).isEqualTo(URI.create("http://proxy:3128"));
		assertThat(builder.build().toBuilder().server(URI.create("https://internal")).build().proxy()).isNull();
		assertThat(builder.proxy(URI.create("socks5://other")).build().proxy()).isEqualTo(URI.create("socks5://other"));
		assertThat(builder.proxy(null).build().proxy()).isNull();
		assertThat(builder.build().toBuilder().build().proxy()).isNull();
	}

	@Test
	void refusesEnvironmentWithoutUsableProxy() {
		ClientConfiguration.Builder builder = ClientConfiguration.builder()
			.server(URI.create("https://api"))
			.proxies(new ProxyEnvironment(Map.of("HTTPS_PROXY", "ftp://proxy")));

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(builder::build)
			.withMessageContaining("HTTPS_PROXY");
	}

	@Test
	void needsServer() {
		assertThatIllegalStateException().isThrownBy(() -> ClientConfiguration.builder().build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "api", "/api", "ftp://api", "https:///path", "https://user:secret-password@api" })
	void refusesServerThatIsNoUrlOfServer(String server) {
		assertThatIllegalArgumentException().isThrownBy(() -> ClientConfiguration.builder().server(URI.create(server)))
			.withMessageNotContaining("secret-password");
	}

	@Test
	void namesProgramAndPlatformAsUserAgent() {
		assertThat(UserAgent.of("my app", "1.0"))
			.matches("my-app/1\\.0 \\([a-z0-9]+/[a-z0-9_]+\\) k8s-client-java/\\S+");
		assertThat(UserAgent.of("app", null)).startsWith("app/unknown (");
		assertThat(UserAgent.ofThisProcess()).doesNotContain(" -").matches("\\S+/unknown \\(.*");
	}

	@Test
	void exceptionSaysWhatIsWrongAndWhatToDo() {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> {
			throw new ConfigurationException("The file is missing", "Create it.");
		}).withMessage("The file is missing" + System.lineSeparator() + "Create it.");
	}

}
