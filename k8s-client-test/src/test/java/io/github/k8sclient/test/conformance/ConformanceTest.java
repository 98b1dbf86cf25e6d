package io.github.k8sclient.test.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs a test class against the embedded API server, and against the real one when
 * {@code KUBEBUILDER_ASSETS} is set. A difference between the two is a bug of the
 * embedded one unless it comes from the version of the real one: then the test assumes
 * that version and says why.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.k8sclient.test.conformance.ConformanceServers#all")
@interface ConformanceTest {

}
