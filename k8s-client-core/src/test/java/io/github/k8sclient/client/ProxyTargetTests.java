package io.github.k8sclient.client;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ProxyTarget}.
 */
class ProxyTargetTests {

	private final ProxyTarget web = ProxyTarget.of("web");

	@Test
	void standsInThePathAsInGo() {
		assertThat(this.web).hasToString("web");
		assertThat(this.web.withPort(8080)).hasToString("web:8080");
		assertThat(this.web.withPort("http")).hasToString("web:http");
		assertThat(this.web.withScheme("https")).hasToString("https:web:");
		assertThat(this.web.withPort(8443).withScheme("https")).hasToString("https:web:8443");
	}

	@Test
	void needsAName() {
		assertThatIllegalArgumentException().isThrownBy(() -> ProxyTarget.of(""));
	}

}
