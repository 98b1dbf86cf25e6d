package io.github.k8sclient.config;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The rules of Go's {@code net/http}.
 */
class ProxyEnvironmentTests {

	@Test
	void takesVariableOfScheme() {
		Map<String, String> environment = Map.of("HTTPS_PROXY", "http://secure:1", "http_proxy", "http://plain:2");

		assertThat(proxy(environment, "https://api:6443")).isEqualTo(URI.create("http://secure:1"));
		assertThat(proxy(environment, "http://api:8080")).isEqualTo(URI.create("http://plain:2"));
	}

	@Test
	void upperCaseWins() {
		assertThat(proxy(Map.of("HTTPS_PROXY", "http://upper", "https_proxy", "http://lower"), "https://api"))
			.isEqualTo(URI.create("http://upper"));
	}

	@Test
	void proxyWithoutSchemeIsHttp() {
		assertThat(proxy(Map.of("HTTPS_PROXY", "proxy:3128"), "https://api"))
			.isEqualTo(URI.create("http://proxy:3128"));
	}

	@Test
	void refusesWhatIsNoProxy() {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> proxy(Map.of("HTTPS_PROXY", "ftp://joe:secret-password@proxy"), "https://api"))
			.withMessageContaining("HTTPS_PROXY")
			.withMessageNotContaining("secret-password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost:6443", "https://127.0.0.1:6443", "https://127.1.2.3", "https://[::1]" })
	void neverGoesThroughProxyToThisMachine(String server) {
		assertThat(proxy(Map.of("HTTPS_PROXY", "http://proxy"), server)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*                    | https://api.example.com
			example.com          | https://example.com
			example.com          | https://api.example.com
			EXAMPLE.com          | https://api.Example.COM
			.example.com         | https://api.example.com
			*.example.com        | https://api.example.com
			a, example.com ,b    | https://api.example.com
			api.example.com:6443 | https://api.example.com:6443
			example.com:443      | https://api.example.com
			my_api               | https://my_api:6443
			my_api:6443          | https://my_api:6443
			10.0.0.1             | https://10.0.0.1:6443
			10.0.0.1:6443        | https://10.0.0.1:6443
			10.0.0.0/8           | https://10.20.30.40
			10.16.0.0/12         | https://10.31.255.255
			fd00::/8             | https://[fd00::1]:6443
			fd00::1              | https://[fd00:0:0::1]
			[fd00::1]:6443       | https://[fd00::1]:6443
			""")
	void doesWithoutProxyFor(String noProxy, String server) {
		assertThat(proxy(Map.of("HTTPS_PROXY", "http://proxy", "NO_PROXY", noProxy), server)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			example.com          | https://notexample.com
			.example.com         | https://example.com
			*.example.com        | https://example.com
			api.example.com:6443 | https://api.example.com
			10.0.0.1:443         | https://10.0.0.1:6443
			my_api:443           | https://my_api:6443
			10.0.0.0/8           | https://11.0.0.1
			10.16.0.0/12         | https://10.32.0.0
			10.0.0.0/8           | https://ten.example.com
			10.0.0.0/99          | https://10.0.0.1
			fd00::/8             | https://10.0.0.1
			''                   | https://api
			.                    | https://api
			,                    | https://api
			""")
	void goesThroughProxyTo(String noProxy, String server) {
		assertThat(proxy(Map.of("HTTPS_PROXY", "http://proxy", "NO_PROXY", noProxy), server)).isNotNull();
	}

	private static URI proxy(Map<String, String> environment, String server) {
		return new ProxyEnvironment(environment).proxyFor(URI.create(server));
	}

}
