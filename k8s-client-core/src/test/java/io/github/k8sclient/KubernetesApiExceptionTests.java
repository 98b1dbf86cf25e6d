package io.github.k8sclient;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KubernetesApiException}.
 */
class KubernetesApiExceptionTests {

	@ParameterizedTest
	@CsvSource({ "401,Unauthorized,UnauthorizedException", "403,Forbidden,ForbiddenException",
			"404,NotFound,NotFoundException", "409,AlreadyExists,AlreadyExistsException",
			"409,Conflict,ConflictException", "410,Gone,GoneException", "410,Expired,GoneException",
			"422,Invalid,InvalidException", "429,TooManyRequests,TooManyRequestsException",
			"504,Timeout,ApiTimeoutException", "500,ServerTimeout,ApiTimeoutException",
			"500,InternalError,KubernetesApiException", "503,ServiceUnavailable,KubernetesApiException",
			"400,BadRequest,KubernetesApiException", "405,MethodNotAllowed,KubernetesApiException",
			"406,NotAcceptable,KubernetesApiException", "413,RequestEntityTooLarge,KubernetesApiException",
			"415,UnsupportedMediaType,KubernetesApiException", "404,StorageReadError,KubernetesApiException" })
	void isOfTheTypeOfTheReason(int code, String reason, String type) {
		assertThat(KubernetesApiException.of(status(code, reason)).getClass().getSimpleName()).isEqualTo(type);
	}

	@ParameterizedTest
	@CsvSource({ "401,,UnauthorizedException", "403,,ForbiddenException", "404,Novel,NotFoundException",
			"409,Novel,ConflictException", "410,,GoneException", "422,,InvalidException", "504,,ApiTimeoutException",
			"500,,KubernetesApiException" })
	void isOfTheTypeOfTheCodeWhenTheReasonIsUnknown(int code, String reason, String type) {
		assertThat(KubernetesApiException.of(status(code, reason)).getClass().getSimpleName()).isEqualTo(type);
	}

	@Test
	void trustsAKnownReasonMoreThanTheCode() {
		assertThat(KubernetesApiException.of(status(404, "Forbidden"))).isInstanceOf(ForbiddenException.class);
		assertThat(KubernetesApiException.of(status(409, "AlreadyExists"))).isNotInstanceOf(ConflictException.class);
	}

	@Test
	void is429WhateverTheReason() {
		assertThat(KubernetesApiException.of(status(429, "InternalError")))
			.isInstanceOf(TooManyRequestsException.class);
	}

	@Test
	void tellsTheRequestAndTheStatus() {
		Status status = Status.builder().code(404).reason("NotFound").message("pods \"web\" not found").build();

		KubernetesApiException exception = KubernetesApiException.of(status, "GET", "/api/v1/namespaces/a/pods/web");

		assertThat(exception).hasMessage("GET /api/v1/namespaces/a/pods/web: pods \"web\" not found (404 NotFound)");
		assertThat(exception.status()).isSameAs(status);
		assertThat(exception.verb()).isEqualTo("GET");
		assertThat(exception.path()).isEqualTo("/api/v1/namespaces/a/pods/web");
		assertThat(exception.code()).isEqualTo(404);
		assertThat(exception.reason()).isEqualTo("NotFound");
	}

	@Test
	void survivesAnEmptyStatus() {
		KubernetesApiException exception = KubernetesApiException.of(Status.builder().build());

		assertThat(exception).hasMessage("no message (0)");
		assertThat(exception.code()).isZero();
		assertThat(exception.reason()).isEmpty();
		assertThat(exception.causes()).isEmpty();
		assertThat(exception.retryAfter()).isNull();
		assertThat(exception.synthesized()).isFalse();
	}

	@Test
	void boundsItsMessage() {
		Status status = Status.builder().code(500).message("x".repeat(1 << 20)).build();

		KubernetesApiException exception = KubernetesApiException.of(status);

		assertThat(exception.getMessage()).hasSizeLessThan(2100);
		assertThat(exception.status()).isSameAs(status);
	}

	@Test
	void tellsWhenToTryAgain() {
		assertThat(KubernetesApiException.of(delayed(429, "TooManyRequests", 7)).retryAfter())
			.isEqualTo(Duration.ofSeconds(7));
		assertThat(KubernetesApiException.of(delayed(500, "InternalError", 0)).retryAfter()).isNull();
		assertThat(KubernetesApiException.of(delayed(500, "ServerTimeout", 0)).retryAfter()).isEqualTo(Duration.ZERO);
	}

	@Test
	void knowsTheCauses() {
		StatusCause cause = StatusCause.builder().reason("ResourceVersionTooLarge").message("Too large").build();
		Status status = Status.builder()
			.code(504)
			.reason("Timeout")
			.details(StatusDetails.builder().causes(List.of(cause)).build())
			.build();

		ApiTimeoutException exception = (ApiTimeoutException) KubernetesApiException.of(status);

		assertThat(exception.causes()).containsExactly(cause);
		assertThat(exception.resourceVersionTooLarge()).isTrue();
		assertThat(exception.hasCause("FieldValueInvalid")).isFalse();
	}

	@Test
	void knowsWhereAnExpiredListMayGoOn() {
		Status status = Status.builder()
			.code(410)
			.reason("Expired")
			.metadata(ListMeta.builder().continue_("token").build())
			.build();

		assertThat(((GoneException) KubernetesApiException.of(status)).inconsistentContinue()).isEqualTo("token");
		assertThat(((GoneException) KubernetesApiException.of(status(410, "Gone"))).inconsistentContinue()).isNull();
	}

	private static Status status(int code, String reason) {
		return Status.builder().code(code).reason(reason).build();
	}

	private static Status delayed(int code, String reason, int seconds) {
		return status(code, reason).toBuilder()
			.details(StatusDetails.builder().retryAfterSeconds(seconds).build())
			.build();
	}

}
