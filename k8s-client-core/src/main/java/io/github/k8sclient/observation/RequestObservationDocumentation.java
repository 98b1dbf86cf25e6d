package io.github.k8sclient.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of requests to the API server.
 *
 * @since 0.1.0
 */
public enum RequestObservationDocumentation implements ObservationDocumentation {

	/**
	 * A request, from when it is made to when its response has been read: with waiting
	 * for the client's rate limit, retries and decoding. A watch and a stream are
	 * observed until the server has accepted or refused them.
	 */
	REQUEST {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultRequestObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

	};

	/**
	 * Key names that have few values.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The verb by which roles grant the request, such as {@code list} or
		 * {@code deletecollection}; the HTTP method in lower case where the path names no
		 * resource.
		 */
		VERB {

			@Override
			public String asString() {
				return "verb";
			}

		},

		/**
		 * The API group, {@code core} for the one without a name, {@code none} for a path
		 * that names no resource.
		 */
		GROUP {

			@Override
			public String asString() {
				return "group";
			}

		},

		/**
		 * The version in the group, {@code none} for a path that names no resource.
		 */
		VERSION {

			@Override
			public String asString() {
				return "version";
			}

		},

		/**
		 * The resource, such as {@code pods}, or {@code none}.
		 */
		RESOURCE {

			@Override
			public String asString() {
				return "resource";
			}

		},

		/**
		 * The subresource, such as {@code status}, or {@code none}.
		 */
		SUBRESOURCE {

			@Override
			public String asString() {
				return "subresource";
			}

		},

		/**
		 * The HTTP status code of the last response, {@code none} if there was none.
		 */
		CODE {

			@Override
			public String asString() {
				return "code";
			}

		},

		/**
		 * How the request ended: {@code SUCCESS}, {@code REDIRECTION},
		 * {@code CLIENT_ERROR}, {@code SERVER_ERROR}, {@code CANCELLED}, and
		 * {@code IO_ERROR} when no response came or it could not be read.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/**
		 * The simple class name of the exception that the request failed with, or
		 * {@code none}.
		 */
		EXCEPTION {

			@Override
			public String asString() {
				return "exception";
			}

		}

	}

}
