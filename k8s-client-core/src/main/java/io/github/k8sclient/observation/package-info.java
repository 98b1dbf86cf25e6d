/**
 * Micrometer observations of requests. In use only where Micrometer is on the class path.
 * <p>
 * Begin with {@link io.github.k8sclient.observation.RequestObservationDocumentation},
 * which names the observation and its tags; a
 * {@link io.github.k8sclient.observation.RequestObservationConvention} changes them.
 */
@NullMarked
package io.github.k8sclient.observation;

import org.jspecify.annotations.NullMarked;
