package io.github.k8sclient.rest;

import java.time.Duration;

import io.github.k8sclient.meta.ListOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WatchTerms}.
 */
class WatchTermsTests {

	@Test
	void watchMayBeSilentUntilTheServerHasToEndIt() {
		assertThat(silence(ListOptions.builder().timeoutSeconds(300L).build())).isEqualTo(Duration.ofSeconds(305));
	}

	@Test
	void watchWithoutTimeoutMayBeSilentForLongerThanServersLetItLast() {
		assertThat(silence(ListOptions.builder().build())).isEqualTo(Duration.ofMinutes(65));
		assertThat(silence(ListOptions.builder().timeoutSeconds(0L).build())).isEqualTo(Duration.ofMinutes(65));
	}

	private static Duration silence(ListOptions options) {
		QueryParameters parameters = new QueryParameters();
		parameters.write(options);
		return WatchTerms.of(parameters).silence();
	}

}
